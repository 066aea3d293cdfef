// What the pages draw with: bars and lines as SVG, and what a pointer is told.
import { init, use, version } from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);
export { init, version };

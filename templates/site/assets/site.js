// Tables that are sorted and filtered where they stand, and charts. Without it every page can still be read.
(function () {
  "use strict";
  var SERIES = ["#010001", "#010002", "#010003", "#010004", "#010005", "#010006"];
  var MUTED = "#010007", LINE = "#010008", SURFACE = "#010009", INK = "#01000a";
  var DASHES = ["solid", "dashed", "dotted", "solid", "dashed", "dotted"];
  var words = new Intl.Collator(document.documentElement.lang || "en", { numeric: true });

  function each(selector, work, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), work);
  }

  // --- tables ---------------------------------------------------------------------------------------------------
  function known(cell) {
    if (!cell) return null;
    var given = cell.getAttribute("data-value");
    if (given !== null && given !== "") return Number(given);
    var text = cell.textContent.trim();
    return text === "" ? null : text;
  }

  function compared(one, other) {
    if (one === null || other === null) return one === other ? 0 : one === null ? 2 : -2; // nothing stands last
    if (typeof one === "number" && typeof other === "number") return one < other ? -1 : one > other ? 1 : 0;
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    var found = words.compare(one, other);
    return found < 0 ? -1 : found > 0 ? 1 : 0;
  }

  function sort(table, head) {
    var up = head.getAttribute("aria-sort") !== "ascending";
    var column = head.cellIndex;
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row, place) {
      return { row: row, key: known(row.cells[column]), place: place };
    });
    rows.sort(function (a, b) {
      var found = compared(a.key, b.key);
      if (found === 2 || found === -2) return found;
      return (up ? found : -found) || a.place - b.place;
    });
    each("th[aria-sort]", function (other) { other.removeAttribute("aria-sort"); }, table.tHead);
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.forEach(function (each) { body.appendChild(each.row); });
  }

  function sortable(table) {
    var label = table.getAttribute("data-sort");
    each("th", function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      button.title = label.replace("{column}", head.textContent);
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, head); });
    }, table.tHead);
  }

  var filters = 0;

  function filterable(table) {
    var box = document.createElement("div");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var told = document.createElement("output");
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    box.className = "filter";
    input.type = "search";
    input.id = "filter-" + (filters += 1);
    label.htmlFor = told.htmlFor = input.id;
    label.textContent = table.getAttribute("data-filter");
    [label, input, told].forEach(function (part) { box.appendChild(part); });
    var frame = table.closest(".scroll") || table;
    frame.parentNode.insertBefore(box, frame);
    input.addEventListener("input", function () {
      var wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
        shown += row.hidden ? 0 : 1;
      });
      told.textContent = wanted.length
        ? table.getAttribute("data-filtered").replace("{shown}", shown).replace("{all}", rows.length) : "";
    });
  }

  // --- due instants: how long from now, which no page that stands for days can say --------------------------------
  function left(time) {
    var minutes = Math.round((new Date(time.dateTime) - Date.now()) / 60000);
    var size = Math.abs(minutes);
    var unit = size >= 2880 ? "day" : size >= 90 ? "hour" : "minute";
    var count = unit === "day" ? minutes / 1440 : unit === "hour" ? minutes / 60 : minutes;
    var told = document.createElement("span");
    told.className = "left";
    told.textContent = " (" + relative.format(Math.round(count), unit) + ")";
    if (minutes < 0) time.classList.add("late");
    time.appendChild(told);
  }

  var relative = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });
  each("time[data-left]", left);

  // --- charts ---------------------------------------------------------------------------------------------------
  function short(value, unit) {
    if (unit === "rate") return Math.round(value * 1000) / 10 + "%";
    if (unit === "seconds") {
      var size = Math.abs(value);
      if (size >= 86400) return Math.round(value / 8640) / 10 + "d";
      if (size >= 3600) return Math.round(value / 360) / 10 + "h";
      return Math.round(value / 60) + "m";
    }
    return String(Math.round(value * 100) / 100);
  }

  var STEPS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 172800, 432000, 864000, 1728000, 4320000];

  function step(data) {
    if (data.unit === "rate" && data.highest > 0.5 && data.highest <= 1) return 0.25;
    if (data.unit !== "seconds") return undefined;
    return STEPS.filter(function (each) { return data.highest <= each * 5; })[0];
  }

  function top(data) { // of the axis: a whole number of steps
    if (data.unit === "coefficient") return 1;
    if (data.unit === "rate") return data.highest > 0.5 && data.highest <= 1 ? 1 : null;
    var size = step(data);
    return size ? Math.max(Math.ceil(data.highest / size), 1) * size : null;
  }

  function room(data, width) { // for the name of one bar, where all of them stand
    return Math.max((width - 60) / data.places.length - 6, 24);
  }

  function lies(data, width) { // bars whose names have words longer than they are wide lie down
    if (data.is_lying || data.kind !== "bar" || data.places.length > 10) return data.is_lying;
    return data.places.some(function (place) {
      return place.split(/\s+/).some(function (word) { return lengthOf(word) * 7 > room(data, width); });
    });
  }

  function lengthOf(word) { // in characters of Latin width; Chinese breaks anywhere
    return /[\u2e80-\uffef]/.test(word) ? 2 : word.length;
  }

  function options(data, width) {
    var lying = lies(data, width);
    var wide = lying ? Math.min(width * 0.38, 220) : 90;
    var label = { color: MUTED, fontSize: 12, hideOverlap: true };
    var columns = data.places.length;
    var all = lying ? { interval: 0 } : {};
    if (!lying && data.kind === "bar" && columns <= 10) { // every bar is named, in lines as short as it is wide
      wide = room(data, width);
      all = { interval: 0, hideOverlap: false, overflow: "break", lineHeight: 15 };
    }
    var places = {
      type: "category", data: data.places, inverse: lying, boundaryGap: data.kind === "bar",
      axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } },
      axisLabel: Object.assign({}, label, { width: wide, overflow: "truncate" }, all)
    };
    var values = {
      type: "value", min: data.unit === "coefficient" ? -1 : null, splitNumber: 4,
      interval: step(data), max: top(data),
      minInterval: data.unit === "count" ? 1 : 0, splitLine: { lineStyle: { color: LINE } },
      axisLabel: Object.assign({}, label, { formatter: function (value) { return short(value, data.unit); } })
    };
    return {
      animation: false,
      color: SERIES,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 18, top: 14, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, transitionDuration: 0,
        axisPointer: { type: data.kind === "bar" ? "none" : "line", lineStyle: { color: MUTED } },
        backgroundColor: SURFACE, borderColor: MUTED, borderWidth: 1, shadowBlur: 0, shadowColor: "transparent",
        textStyle: { color: INK, fontSize: 13 },
        formatter: function (points) {
          return [points[0].name].concat(points.map(function (point) {
            return (data.series.length > 1 ? data.series[point.seriesIndex].name + "  " : "")
              + data.series[point.seriesIndex].texts[point.dataIndex];
          })).join("\n").replace(/[{}|]/g, " ");
        }
      },
      xAxis: lying ? values : places,
      yAxis: lying ? places : values,
      series: data.series.map(function (series, place) {
        var color = SERIES[place % SERIES.length];
        return {
          type: data.kind, name: series.name, data: series.values, stack: data.is_stacked ? "all" : undefined,
          barMaxWidth: 34, symbolSize: 6, symbol: "circle", showSymbol: data.places.length < 40, connectNulls: false,
          itemStyle: { color: color, borderRadius: data.is_stacked ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
          lineStyle: { color: color, width: 2, type: DASHES[place % DASHES.length] }, emphasis: { disabled: true }
        };
      })
    };
  }

  function draw(figure) {
    var data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var place = figure.querySelector(".chart-picture");
    figure.hidden = false;
    if (lies(data, place.clientWidth)) {
      place.style.height = Math.max(data.places.length * (data.is_stacked ? 26 : 18 + 10 * data.series.length) + 46, 110) + "px";
    }
    var chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options(data, place.clientWidth));
    var picture = place.querySelector("svg");
    var height = chart.getHeight();
    function fitted() {
      picture.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
      picture.setAttribute("aria-hidden", "true");
    }
    fitted();
    new ResizeObserver(function () {
      if (printing || paper.matches || !place.clientWidth || place.clientWidth === chart.getWidth()) return;
      chart.resize({ width: place.clientWidth, height: height });
      chart.setOption(options(data, place.clientWidth));
      fitted();
    }).observe(place);
  }

  var printing = false;
  var paper = window.matchMedia("print");
  var opened = [];
  window.addEventListener("beforeprint", function () {
    printing = true;
    each("details[data-open-for-print]:not([open])", function (details) { details.open = true; opened.push(details); });
  });
  window.addEventListener("afterprint", function () {
    printing = false;
    opened.splice(0).forEach(function (details) { details.open = false; });
  });

  function start() {
    each("table[data-sort]", sortable);
    each("table[data-filter]", filterable);
    if (window.echarts) each("[data-chart]", draw);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

"""Where is the map, can it be read, and does it fit the desk?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tkt.errors import ConfigError, DataError, NotFound, Problem, did_you_mean
from tkt.i18n import msg
from tkt.intake.log.fitting import map_faults
from tkt.intake.log.maps import LogMap
from tkt.schema import Configuration
from tkt.schema.configuration import nearest_line
from tkt.schema.reading import read_struct
from tkt.store.codec.reading import read_document

_FOLDER = Path(__file__).parents[1] / "maps"


def bundled_maps() -> Mapping[str, Path]:
    """The maps that come with tkt, by name."""
    return {path.stem: path for path in sorted(_FOLDER.glob("*.yaml"))}


def open_map(wish: str, config: Configuration) -> LogMap:
    """The map of that name, or in that file, made sure to fit the desk.

    Errors: NotFound; DataError for what is no YAML; ConfigError with every fault and its line.
    """
    path = bundled_maps().get(wish) or Path(wish)
    document = read_document(_bytes(path, wish), str(path))
    logmap, faults = read_struct(LogMap, document.value)
    if logmap is not None:
        faults = map_faults(logmap, config)
    if faults or logmap is None:
        raise ConfigError(
            [
                Problem(
                    code="config",
                    path=str(path),
                    line=nearest_line(document.line, fault.path),
                    message=fault.message,
                    hint=fault.hint,
                )
                for fault in faults
            ]
        )
    return logmap


def _bytes(path: Path, wish: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(
            msg("there is no map {name}: no file of that name, and none that comes with tkt", name=wish),
            hint=did_you_mean(wish, bundled_maps()),
        ) from error
    except OSError as error:
        message = msg("cannot be read: {reason}", reason=error.strerror or str(error))
        raise DataError([Problem(code="data", message=message, path=str(path))]) from error

"""The desk that logs are imported into."""

from __future__ import annotations

import pytest
from build_log import configuration

from tkt.schema import Configuration


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    return configuration(tmp_path_factory.mktemp("desk") / "desk")

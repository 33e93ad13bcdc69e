"""What the environment must say, read once and checked."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the project."""


class Settings(BaseSettings):
    """
    The desk's settings, each from an environment variable of the same name in capitals.

    Addresses are PostgreSQL URLs. `database_url` belongs to the owner of the tables (migrations), `database_url_app`
    to the application's role, `database_url_direct` to the listener where a pooler in transaction mode stands in
    between.
    `idle_minutes` may be a fraction.
    `desk_lifeline` is the number of an open pipe, set by `make run`: when its other end closes, the pages end.
    """

    model_config = SettingsConfigDict(env_prefix="", extra="ignore")

    database_url: str | None = None
    database_url_app: str | None = None
    database_url_direct: str | None = None
    desk_home: Path = Field(default=ROOT / ".desk")
    host: str = "127.0.0.1"
    port: int = 8501
    idle_minutes: float = Field(default=15, gt=0, le=24 * 60)
    desk_metrics_token: str | None = None
    desk_worker: bool = True
    desk_sample: bool = False
    desk_lifeline: int | None = None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process; `settings.cache_clear()` reads them anew."""
    return Settings()

"""Environment variables → the settings of Superset.

Superset imports this module at start (SUPERSET_CONFIG_PATH, set by `publish.py` and `serve.sh`). It reads:

COTMOC_SUPERSET_HOME       folder for the metadata database and the caches (required)
COTMOC_PUBLISHED           the published warehouse, usually the symlink published/current.duckdb (required)
SUPERSET_SECRET_KEY        signs sessions and encrypts stored secrets (required, at least 32 characters, no default)
COTMOC_SUPERSET_DATABASE   SQLAlchemy URL of the metadata database (default: SQLite in COTMOC_SUPERSET_HOME)
COTMOC_SUPERSET_HTTPS      "1" behind a proxy that speaks TLS (default: plain http on the loopback address)
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine.url import URL
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

HERE = Path(__file__).resolve().parent
LANDING_PAGE = "/superset/dashboard/tong-quan/"


class ConfigError(RuntimeError):
    """A setting is missing or unsafe; the text says which and what to do."""


def required(name: str) -> str:
    """Return the value of the environment variable `name`; ConfigError when it is missing or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ConfigError(f"{name} is not set: Superset does not start without it")
    return value


def secret_key() -> str:
    """Return SUPERSET_SECRET_KEY; ConfigError when it is short or one of the keys published as examples."""
    key = required("SUPERSET_SECRET_KEY")
    published_examples = (
        "CHANGE_ME",
        "YOUR_OWN_RANDOM",
        "TEST_NON_DEV_SECRET",
        "thisISaSECRET",
        "supersecret",
    )
    if len(key) < 32 or any(example.lower() in key.lower() for example in published_examples):
        raise ConfigError(
            "SUPERSET_SECRET_KEY is too short or a known example: use 32 or more random characters"
        )
    return key


def file_cache(folder: Path, seconds: int) -> dict[str, Any]:
    """Return a Flask-Caching setting that keeps entries as files in `folder` for `seconds`."""
    return {
        "CACHE_TYPE": "FileSystemCache",
        "CACHE_DIR": str(folder),
        "CACHE_DEFAULT_TIMEOUT": seconds,
        "CACHE_THRESHOLD": 5000,
    }


def picture(name: str) -> str:
    """Return brand/`name` as a data URI, so that no static folder is needed."""
    return "data:image/svg+xml;base64," + base64.b64encode((HERE / "brand" / name).read_bytes()).decode()


# --- places --------------------------------------------------------------------------------------------------
HOME = Path(required("COTMOC_SUPERSET_HOME"))
PUBLISHED = Path(required("COTMOC_PUBLISHED"))
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
DATA_DIR = str(HOME)

SECRET_KEY = secret_key()
SQLALCHEMY_DATABASE_URI = os.environ.get(
    "COTMOC_SUPERSET_DATABASE", f"sqlite:///{HOME}/superset.db?check_same_thread=false&timeout=30"
)
FAB_UPDATE_PERMS = False  # publish.py writes the permissions once; a start need not

# One dictionary for both, so that clearing it clears what a reader can see. publish.py --invalidate-cache empties it
# after each publish; ten minutes bound the answer of a question that was under way just then.
CACHE_CONFIG = DATA_CACHE_CONFIG = file_cache(HOME / "cache" / "data", 600)
FILTER_STATE_CACHE_CONFIG = file_cache(HOME / "cache" / "filter_state", 90 * 24 * 3600)
EXPLORE_FORM_DATA_CACHE_CONFIG = file_cache(HOME / "cache" / "explore", 7 * 24 * 3600)
RATELIMIT_STORAGE_URI = "memory://"


# --- the warehouse -------------------------------------------------------------------------------------------
def DB_CONNECTION_MUTATOR(  # noqa: N802 - the name Superset looks for
    uri: URL, params: dict[str, Any], username: str, security_manager: Any, source: Any
) -> tuple[URL, dict[str, Any]]:
    """Return the URL with every DuckDB connection led to the published file: read-only, locked, no file access.

    The symlink is resolved for each connection: DuckDB shares one instance per path inside a process, so a query
    on the symlink could join an instance that still has the previous version open. What the metadata database
    says about path and options does not count.
    """
    if uri.drivername.startswith("duckdb"):
        uri = uri.set(
            database=str(PUBLISHED.resolve()),
            query={
                "access_mode": "read_only",
                "enable_external_access": "false",
                "lock_configuration": "true",
            },
        )
    return uri, params


PREVENT_UNSAFE_DB_CONNECTIONS = True
ROW_LIMIT = 5000
SQL_MAX_ROW = 50000

# --- what readers can do -------------------------------------------------------------------------------------
FEATURE_FLAGS = {
    "ALERT_REPORTS": False,
    "DRILL_BY": False,
    "DRILL_TO_DETAIL": False,
    "EMBEDDED_SUPERSET": False,
    "EMBEDDABLE_CHARTS": False,
    "ENABLE_TEMPLATE_PROCESSING": False,
    "MENU_HIDE_USER_INFO": True,
    "THUMBNAILS": False,
}
AUTH_USER_REGISTRATION = False
PUBLIC_ROLE_LIKE = None
FAB_API_SWAGGER_UI = False
ENABLE_CORS = False
ENABLE_UI_THEME_ADMINISTRATION = False
THEME_FONT_URL_ALLOWED_DOMAINS: list[str] = []
HTML_SANITIZATION = True
CSV_EXPORT = {"encoding": "utf-8-sig", "sep": ";", "decimal": ","}

# --- the web server ------------------------------------------------------------------------------------------
BEHIND_TLS = os.environ.get("COTMOC_SUPERSET_HTTPS") == "1"
ENABLE_PROXY_FIX = BEHIND_TLS
PREFERRED_URL_SCHEME = "https" if BEHIND_TLS else "http"
SESSION_COOKIE_NAME = "cotmoc_dashboards"
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
TALISMAN_ENABLED = True
# Nothing outside this server is loaded; that also stops the usage pixel built into Superset's pages.
TALISMAN_CONFIG = TALISMAN_DEV_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "object-src": "'none'",
        "script-src": ["'self'", "'strict-dynamic'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": BEHIND_TLS,
}


def FLASK_APP_MUTATOR(app: Flask) -> None:  # noqa: N802 - the name Superset looks for
    """Lead readers from the start page to the landing page, and say "not found" and "not allowed" in Vietnamese.

    Only pages are touched; programs that ask the API keep Superset's JSON.
    """

    @app.before_request
    def land() -> BaseResponse | None:
        if request.method == "GET" and request.path in ("/", "/superset/welcome/"):
            return redirect(LANDING_PAGE)
        return None

    def page(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if request.path.startswith("/api/") or "text/html" not in request.accept_mimetypes:
            return jsonify(
                errors=[{"message": error.description, "error_type": "GENERIC_BACKEND_ERROR"}]
            ), code
        return (HERE / "brand" / f"{code}.html").read_text(encoding="utf-8"), code

    for code in (403, 404):
        app.register_error_handler(code, page)


# --- how it speaks and looks ---------------------------------------------------------------------------------
LANGUAGES = {"vi": {"flag": "vn", "name": "Tiếng Việt"}}
BABEL_DEFAULT_LOCALE = "vi"
BABEL_DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
D3_FORMAT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
D3_TIME_FORMAT = {
    "dateTime": "%H:%M:%S %d/%m/%Y",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["SA", "CH"],
    "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    "months": [f"Tháng {month}" for month in range(1, 13)],
    "shortMonths": [f"Th{month}" for month in range(1, 13)],
}

APP_NAME = "Cột Mốc"
APP_ICON = picture("cot-moc.svg")
FAVICONS = [{"href": picture("favicon.svg"), "type": "image/svg+xml"}]
LOGO_TARGET_PATH = LANDING_PAGE
LOGO_TOOLTIP = "Về trang Tổng quan"
THEME_DEFAULT = {
    "token": {
        "brandAppName": APP_NAME,
        "brandLogoAlt": APP_NAME,
        "brandLogoUrl": APP_ICON,
        "brandLogoHref": LANDING_PAGE,
        "brandLogoHeight": "32px",
        "brandLogoMargin": "10px 0",
        "brandIconMaxWidth": 160,
        "colorPrimary": "#1D4E89",
        "colorLink": "#1D4E89",
        "colorError": "#B91C1C",
        "colorWarning": "#B45309",
        "colorSuccess": "#15803D",
        "colorInfo": "#1D6FB8",
        "fontUrls": [],
    },
    "algorithm": "default",
}
THEME_DARK = None

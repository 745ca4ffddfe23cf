"""Superset as Servicelake runs it: local, small, without Redis or Celery.

Secrets come from the environment alone; `servicelake bi up` sets it.
"""

import os

from sqlalchemy.engine.url import make_url


def _required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise SystemExit(
            f"Cannot start Superset: {name} is not set. Superset is run by"
            " servicelake, which sets it. Use: servicelake bi up"
        )
    return value


SECRET_KEY = _required("SERVICELAKE_SUPERSET_SECRET_KEY")

_metadata = make_url(_required("SERVICELAKE_SUPERSET_DB_URI"))
if os.environ.get("SERVICELAKE_SUPERSET_DB_PASSWORD"):
    _metadata = _metadata.set(password=os.environ["SERVICELAKE_SUPERSET_DB_PASSWORD"])
SQLALCHEMY_DATABASE_URI = _metadata.render_as_string(hide_password=False)

APP_NAME = "Servicelake"

# Charts ask the serving tables each time: a new release shows at once.
CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}

LANGUAGES = {
    "en": {"flag": "us", "name": "English"},
    "zh": {"flag": "cn", "name": "中文"},
}
BABEL_DEFAULT_LOCALE = "en"

FEATURE_FLAGS = {
    # Roles named on a dashboard may see it and its charts.
    "DASHBOARD_RBAC": True,
    # Every chart is drawn at once: printing and pictures are whole.
    "DASHBOARD_VIRTUALIZATION": False,
}

PUBLIC_ROLE_LIKE = None
AUTH_ROLE_PUBLIC = "Public"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
ENABLE_PROXY_FIX = False
WTF_CSRF_ENABLED = True
# The server is bound to 127.0.0.1; put HTTPS in front before it leaves the machine.
TALISMAN_ENABLED = True

EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "servicelake",
        "label": "Servicelake",
        "description": "Calm blues and greens; amber and red are kept for what needs attention.",
        "isDefault": True,
        "colors": [
            "#1F5F8B",
            "#2A9D8F",
            "#E9A23B",
            "#8FB8DE",
            "#7A6FA8",
            "#C8553D",
            "#6B8E4E",
            "#B0BEC5",
            "#4F6D7A",
            "#D9A5B3",
        ],
    }
]

# The whole set of tokens: a theme replaces the built-in one.
_TOKENS = {
    "brandAppName": APP_NAME,
    "brandLogoAlt": APP_NAME,
    "brandLogoUrl": "/static/assets/images/superset-logo-horiz.png",
    "brandLogoMargin": "18px 0",
    "brandLogoHref": "/dashboard/list/",
    "brandLogoHeight": "24px",
    "brandSpinnerUrl": None,
    "brandSpinnerSvg": None,
    "brandIconMaxWidth": 37,
    "colorPrimary": "#1F5F8B",
    "colorLink": "#1F5F8B",
    "colorSuccess": "#2A9D8F",
    "colorWarning": "#E9A23B",
    "colorError": "#C8553D",
    "colorInfo": "#8FB8DE",
    "colorEditorSelection": "#fff5cf",
    "fontUrls": [],
    "fontFamily": (
        "Inter, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC',"
        " Helvetica, Arial, sans-serif"
    ),
    "fontFamilyCode": "'IBM Plex Mono', 'Courier New', monospace",
    "fontSizeXS": "8",
    "fontSizeXXL": "28",
    "fontWeightNormal": "400",
    "fontWeightLight": "300",
    "fontWeightStrong": "500",
    "fontWeightBold": "700",
    "transitionTiming": 0.3,
}
THEME_DEFAULT = {"token": _TOKENS, "algorithm": "default"}
THEME_DARK = {
    "token": {**_TOKENS, "colorEditorSelection": "#5c4d1a"},
    "algorithm": "dark",
}

"""Brings Superset to the state of the bundle: users, role, data, charts, dashboards.

Run by `servicelake bi up` with the Python of Superset's own environment. Running it again changes
nothing. Any fault ends it with exit code 1 and nothing of the bundle half imported.

Reads from the environment:
  SERVICELAKE_SUPERSET_ADMIN_PASSWORD   password of user "admin"
  SERVICELAKE_SUPERSET_READER_PASSWORD  password of user "reader"
  SERVICELAKE_SERVING_URI               SQLAlchemy URI of the serving database, without password
  SERVICELAKE_BI_PASSWORD               password of that URI's user
"""

import os
import sys
from pathlib import Path

import yaml

ADMIN = "admin"
READER = "reader"
READER_ROLE = "Servicelake reader"
MASK = "XXXXXXXXXX"
# All a reader may do: open the named dashboards, filter them, switch language. No SQL Lab, no
# explore, no export, no writing. Added to it: access to each dataset of the bundle.
READER_PERMISSIONS = (
    ("can_read", "Dashboard"),
    ("can_read", "Chart"),
    ("can_read", "Dataset"),
    ("can_read", "Theme"),
    ("can_read", "CssTemplate"),
    ("can_read", "CurrentUserRestApi"),
    ("can_read", "DashboardFilterStateRestApi"),
    ("can_write", "DashboardFilterStateRestApi"),
    ("can_read", "DashboardPermalinkRestApi"),
    ("can_write", "DashboardPermalinkRestApi"),
    ("can_view_chart_as_table", "Dashboard"),
    ("can_dashboard", "Superset"),
    ("can_dashboard_permalink", "Superset"),
    ("can_explore_json", "Superset"),
    ("can_slice", "Superset"),
    ("can_log", "Superset"),
    ("can_language_pack", "Superset"),
    ("can_fetch_datasource_metadata", "Superset"),
    ("can_get", "Datasource"),
    ("can_get", "MenuApi"),
    ("can_time_range", "Api"),
    ("can_query", "Api"),
    ("can_query_form_data", "Api"),
    ("can_recent_activity", "Log"),
    ("can_userinfo", "UserDBModelView"),
    ("menu_access", "Home"),
    ("menu_access", "Dashboards"),
)


class CannotApply(Exception):
    """A fault its user can put right."""


def required(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise CannotApply(
            f"Cannot import the dashboards: {name} is not set. It is handed over in the"
            " environment. Use: servicelake bi up"
        )
    return value


def read_bundle(folder: Path) -> dict[str, str]:
    """The bundle's files by path, as the importer wants them."""
    contents = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    }
    if "metadata.yaml" not in contents:
        raise CannotApply(
            f"Cannot import the dashboards: {folder} holds no metadata.yaml. That file marks a"
            " bundle. Restore conf/superset/bundle from the repository."
        )
    return contents


def point_to_serving(contents: dict[str, str]) -> dict[str, str]:
    """Puts the serving database's address into the bundle; returns the passwords by file."""
    from sqlalchemy.engine.url import make_url

    uri = make_url(required("SERVICELAKE_SERVING_URI"))
    if uri.get_backend_name() == "postgresql":
        uri = uri.set(password=MASK)
    passwords = {}
    for name in [name for name in contents if name.startswith("databases/")]:
        database = yaml.safe_load(contents[name])
        database["sqlalchemy_uri"] = uri.render_as_string(hide_password=False)
        contents[name] = yaml.safe_dump(database, allow_unicode=True, sort_keys=False)
        passwords[name] = required("SERVICELAKE_BI_PASSWORD")
    return passwords


def ensure_user(sm, name: str, last_name: str, role, password: str):
    """Makes the user, or gives it back its role and password."""
    user = sm.find_user(username=name)
    if user is None:
        user = sm.add_user(name, "Servicelake", last_name, f"{name}@localhost", role, password)
        if not user:
            raise CannotApply(
                f"Cannot create user {name} in Superset: its security manager refused. Superset's"
                " log names the cause. See the log, then try again."
            )
        return user
    from werkzeug.security import check_password_hash

    if not check_password_hash(user.password, password):
        sm.reset_password(user.id, password)
    if role not in user.roles:
        user.roles = [*user.roles, role]
        sm.update_user(user)
    return user


def ensure_reader_role(sm, db, datasets):
    """A role that sees the bundle's dashboards and their data, and nothing else."""
    role = sm.find_role(READER_ROLE) or sm.add_role(READER_ROLE)
    wanted = [sm.find_permission_view_menu(*permission) for permission in READER_PERMISSIONS]
    unknown = [
        permission for permission, found in zip(READER_PERMISSIONS, wanted) if found is None
    ]
    if unknown:
        raise CannotApply(
            f"Cannot make role {READER_ROLE}: Superset does not know {unknown}. Its permissions"
            " change between versions. Correct READER_PERMISSIONS in conf/superset/apply.py."
        )
    wanted += [
        sm.add_permission_view_menu("datasource_access", dataset.perm) for dataset in datasets
    ]
    role.permissions = wanted
    db.session.commit()
    return role


def remove_what_left(db, model, kept: set[str]) -> int:
    """Deletes objects that an earlier bundle brought and this one no longer has."""
    gone = [
        row
        for row in db.session.query(model).filter_by(is_managed_externally=True)
        if str(row.uuid) not in kept
    ]
    for row in gone:
        db.session.delete(row)
    db.session.commit()
    return len(gone)


def uuids(contents: dict[str, str], prefix: str) -> set[str]:
    return {
        str(yaml.safe_load(text)["uuid"])
        for name, text in contents.items()
        if name.startswith(prefix)
    }


def check_imported(db, model, wanted: set[str], kind: str) -> list:
    rows = [row for row in db.session.query(model) if str(row.uuid) in wanted]
    if len(rows) != len(wanted):
        raise CannotApply(
            f"Cannot import the dashboards: of {len(wanted)} {kind} {len(rows)} arrived. The importer"
            " skipped some. See Superset's log, then try again."
        )
    return rows


def apply(folder: Path) -> None:
    from flask import g
    from superset import db
    from superset import security_manager as sm
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import appbuilder
    from superset.models.core import Database
    from superset.models.dashboard import Dashboard
    from superset.models.slice import Slice

    contents = read_bundle(folder)
    passwords = point_to_serving(contents)

    appbuilder.add_permissions(update_perms=True)
    sm.sync_role_definitions()
    db.session.commit()
    g.user = ensure_user(
        sm,
        ADMIN,
        "administrator",
        sm.find_role("Admin"),
        required("SERVICELAKE_SUPERSET_ADMIN_PASSWORD"),
    )

    ImportAssetsCommand(contents, passwords=passwords).run()
    check_imported(db, Database, uuids(contents, "databases/"), "databases")
    datasets = check_imported(db, SqlaTable, uuids(contents, "datasets/"), "datasets")
    charts = check_imported(db, Slice, uuids(contents, "charts/"), "charts")
    dashboards = check_imported(db, Dashboard, uuids(contents, "dashboards/"), "dashboards")
    gone = remove_what_left(db, Dashboard, uuids(contents, "dashboards/"))
    gone += remove_what_left(db, Slice, uuids(contents, "charts/"))

    role = ensure_reader_role(sm, db, datasets)
    for dashboard in dashboards:
        dashboard.roles = [role]
    db.session.commit()
    ensure_user(sm, READER, "reader", role, required("SERVICELAKE_SUPERSET_READER_PASSWORD"))
    print(
        f"Imported {len(dashboards)} dashboard(s), {len(charts)} charts, {len(datasets)} datasets;"
        f" removed {gone} that left the bundle.",
        flush=True,
    )


def explain(error: Exception) -> str:
    """All faults of a refused bundle, file by file."""
    from superset.commands.exceptions import CommandInvalidError

    if isinstance(error, CommandInvalidError):
        return f"{error}: {error.normalized_messages()}"
    causes = []
    cause: BaseException | None = error
    while cause is not None and len(causes) < 5:
        causes.append(f"{type(cause).__name__}: {cause}")
        cause = cause.__cause__
    return " <- ".join(causes)


def main() -> int:
    if len(sys.argv) != 2:
        print("Usage: apply.py <bundle folder>", file=sys.stderr)
        return 2
    try:
        from superset.app import create_app

        app = create_app()
        with app.app_context():
            try:
                apply(Path(sys.argv[1]))
            except CannotApply:
                raise
            except Exception as error:  # every fault is shown, none is passed over
                import traceback

                traceback.print_exc()
                raise CannotApply(
                    f"Cannot import the dashboards: {explain(error)}. Superset refused the bundle."
                    " Correct what it names, then try again."
                ) from error
    except CannotApply as fault:
        print(fault, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

/// What the project's interpreter runs for `--live`: it imports the settings, the apps and the routes, and writes what it saw as
/// one JSON object.
enum LiveScript {
  // The standard output belongs to the report alone: what the project prints goes nowhere. Nothing is
  // written to disk, exit handlers of the project do not run, and what is secret is taken out before anything is sent.
  static let text = #"""
    import json, os, sys

    report = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    root, settings_module, deploy, limit = sys.argv[1], sys.argv[2], sys.argv[3] == "1", int(sys.argv[4])
    sys.dont_write_bytecode = True
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    except (ImportError, ValueError, OSError):
        pass
    sys.path.insert(0, os.getcwd())
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    sys.argv = ["manage.py", "check"]
    real_root = os.path.realpath(root)
    found = {"django": None, "settings": None, "apps": [], "urls": None, "messages": [], "changes": [], "lost": []}
    secrets = set()

    def is_secret(name):
        name = str(name).upper()
        return any(part in name for part in ("SECRET", "PASS", "TOKEN", "KEY", "DSN", "CREDENTIAL", "SALT", "SIGNATURE"))

    def gather(name, value, depth=0):
        if depth > 8:
            return
        if isinstance(value, dict):
            for key, item in list(value.items())[:1000]:
                gather(key, item, depth + 1)
        elif isinstance(value, (list, tuple, set)):
            for item in list(value)[:1000]:
                gather(name, item, depth + 1)
        elif isinstance(value, (str, bytes)):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            if is_secret(name) and len(text) >= 4:
                secrets.add(text)
            if "://" in text and "@" in text:
                user = text.split("://", 1)[1].rsplit("@", 1)[0]
                for part in (user, user.split(":", 1)[-1]):
                    if len(part) >= 3:
                        secrets.add(part)

    def shown(text, most=500):
        from urllib.parse import quote, quote_plus, unquote
        text = str(text)
        for secret in sorted(secrets, key=len, reverse=True):
            for form in {secret, repr(secret)[1:-1], quote(secret, safe=""), quote_plus(secret), unquote(secret),
                         json.dumps(secret)[1:-1]}:
                if form:
                    text = text.replace(form, "***")
        text = " ".join(text.split())
        return text if len(text) <= most else text[:most] + "..."

    def place(path, line):
        real = os.path.realpath(path)
        if os.path.exists(real) and real.startswith(real_root + os.sep) and "site-packages" not in real and "dist-packages" not in real:
            return {"path": os.path.relpath(real, real_root), "line": line}
        return None

    def problem(error):
        import traceback
        where = None
        if isinstance(error, SyntaxError) and error.filename:
            where = place(error.filename, error.lineno)
        if where is None:
            for frame in traceback.extract_tb(error.__traceback__):
                where = place(frame.filename, frame.lineno) or where
        return {"type": type(error).__name__, "text": shown(error) or type(error).__name__, "place": where,
                "module": getattr(error, "name", None) if isinstance(error, ImportError) else None}

    def attempt(what):
        try:
            return what(), None
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return None, error

    def read_settings():
        from django.conf import settings
        settings.INSTALLED_APPS
        for name in dir(settings):
            if name.isupper():
                gather(name, getattr(settings, name, None))
        return settings

    def read_apps(settings):
        from django.apps import AppConfig
        for entry in settings.INSTALLED_APPS:
            config, error = attempt(lambda: AppConfig.create(entry))
            if error is not None:
                found["apps"].append(dict(problem(error), entry=shown(entry)))

    def message_place(obj):
        import inspect
        if obj is None or isinstance(obj, str):
            return None
        model = getattr(obj, "model", None)
        for part in (obj, model, type(obj)):
            if inspect.isclass(part) or inspect.isfunction(part):
                try:
                    lines, start = inspect.getsourcelines(part)
                    file = inspect.getsourcefile(part)
                except (OSError, TypeError):
                    continue
                # A field stands where its name is given a value.
                name = getattr(obj, "name", None) if part is model else None
                for number, line in enumerate(lines):
                    if name and line.split("=")[0].split(":")[0].strip() == name:
                        start += number
                        break
                where = place(file, start)
                if where:
                    return where
        return None

    def read_messages():
        from django.core import checks
        for message in checks.run_checks(include_deployment_checks=deploy):
            if message.is_silenced():
                continue
            obj = message.obj
            label = getattr(getattr(obj, "_meta", None), "label", None) or (str(obj) if obj is not None else "")
            found["messages"].append({
                "id": message.id, "level": message.level, "text": shown(message.msg), "hint": shown(message.hint or ""),
                "object": shown(label, 120), "place": message_place(obj)})

    def read_changes():
        from django.apps import apps
        from django.db.migrations.autodetector import MigrationAutodetector
        from django.db.migrations.loader import MigrationLoader
        from django.db.migrations.questioner import MigrationQuestioner
        from django.db.migrations.state import ProjectState
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(
            loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner(specified_apps=set(), dry_run=True))
        changes = detector.changes(graph=loader.graph)
        for label, migrations in sorted(changes.items()):
            config = apps.get_app_config(label)
            where = place(os.path.join(config.path, "models.py"), None) or place(config.path, None)
            # What is installed keeps its migrations to itself, and an app without any has none on purpose.
            if where is None or label not in loader.migrated_apps:
                continue
            operations = [shown(op.describe(), 120) for migration in migrations for op in migration.operations]
            found["changes"].append({"app": label, "operations": operations, "place": where})

    def run():
        for name, value in os.environ.items():
            gather(name, value)
        import django
        found["django"] = django.get_version()
        settings, error = attempt(read_settings)
        if error is not None:
            found["settings"] = problem(error)
            return
        read_apps(settings)
        if found["apps"]:
            return
        _, error = attempt(django.setup)
        if error is not None:
            found["apps"].append(dict(problem(error), entry=""))
            return
        for name, what in (("checks", read_messages), ("migrations", read_changes)):
            _, error = attempt(what)
            if error is not None:
                if name == "checks":
                    found["urls"] = problem(error)
                else:
                    found["lost"].append(dict(problem(error), step=name))

    _, error = attempt(run)
    if error is not None:
        found["lost"].append(dict(problem(error), step="start"))
    report.write(json.dumps(found))
    report.flush()
    os._exit(0)
    """#
}

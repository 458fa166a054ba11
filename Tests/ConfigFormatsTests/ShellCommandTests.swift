import ConfigFormats
import Testing

/// What shell scripts start, and what they do not.
@Suite struct ShellCommandTests {
  static func commands(_ text: String) -> [String] { lines(ScriptReader.commands(in: Array(text.utf8))) }

  static func lines(_ commands: [ProcessCommand]) -> [String] {
    commands.map { "\($0.line):\($0.column) \($0.words.joined(separator: " "))" }
  }

  @Test(arguments: [
    ("", []),
    ("gunicorn app:a", ["1:1 gunicorn app:a"]),
    ("#!/bin/sh\n# gunicorn\n  celery worker # flower", ["3:3 celery worker"]),
    ("a && b || c; d & e | f\n", ["1:1 a", "1:6 b", "1:11 c", "1:14 d", "1:18 e", "1:22 f"]),
    ("a=é; exec gunicorn", ["1:11 gunicorn"]),
    ("if a; then b; else c; fi", ["1:4 a", "1:12 b", "1:20 c"]),
    ("while ! nc -z db 5432; do sleep 1; done", ["1:9 nc -z db 5432", "1:27 sleep 1"]),
    ("for s in gunicorn celery; do restart $s; done", ["1:30 restart $s"]),
    ("for ((i = 0; i < 3; i++)); do a; done", ["1:31 a"]),
    (
      "case \"$1\" in\n  web|start) gunicorn a ;;\n  (celery)\n    flower\n    ;;\n  *) exec \"$@\" ;;\nesac\nb",
      ["2:14 gunicorn a", "4:5 flower", "6:12 $@", "8:1 b"]
    ),
    ("case $1 in a) b;; esac; c", ["1:15 b", "1:25 c"]),
    ("[[ gunicorn == $1 && -f x ]] && a", ["1:33 a"]),
    ("(a; b) && { c; }", ["1:2 a", "1:5 b", "1:13 c"]),
    ("x=$(pip list | grep uwsgi)\ny=`celery status`", ["1:5 pip list", "1:16 grep uwsgi", "2:4 celery status"]),
    ("echo \"$(flask --version)\" '$(not this)'", ["1:9 flask --version", "1:1 echo $(flask --version) $(not this)"]),
    ("diff <(black a) >(b)", ["1:8 black a", "1:19 b", "1:1 diff"]),
    ("cat > f.service <<EOF\nExecStart=gunicorn\ngunicorn\nEOF\na", ["1:1 cat", "5:1 a"]),
    ("cat <<-'E' | b\n\tgunicorn\n\tE\na", ["1:1 cat", "1:14 b", "4:1 a"]),
    ("a <<< gunicorn 2>&1 >/dev/null &> x", ["1:1 a"]),
    ("celery() { b; }\nfunction flower { c; }\ncelery x; flower", ["1:12 b", "2:19 c"]),
    ("FOO=bar B='x y' gunicorn a", ["1:17 gunicorn a"]),
    ("CMD='gunicorn app'; exec $CMD -w 4", ["1:26 gunicorn app -w 4"]),
    (
      "S=gunicorn\n\"$S\" a; ${S} b; ${T:-uvicorn} c; $U d",
      ["2:2 gunicorn a", "2:9 gunicorn b", "2:17 uvicorn c", "2:34 $U d"]
    ),
    ("gunicorn \\\n  --bind \\\n  0.0.0.0", ["1:1 gunicorn --bind 0.0.0.0"]),
    ("export X=$(flask routes) A=b\nlocal y=1", ["1:12 flask routes"]),
    ("run ${{ matrix.x && y }} {{ a | b }}", ["1:1 run {{ matrix.x && y }} {{ a | b }}"]),
    ("\"gunicorn\" 'a b' c\\ d", ["1:2 gunicorn a b c d"]),
    ("echo 'gunicorn; celery'", ["1:1 echo gunicorn; celery"]),
  ])
  func shell(text: String, expected: [String]) {
    #expect(Self.commands(text) == expected)
    #expect(Self.commands("\u{FEFF}" + text) == expected, "with a BOM")
    #expect(Self.commands(text.replacing("\n", with: "\r\n")) == expected, "with CRLF")
  }

  @Test(arguments: [
    ("exec -a web gunicorn a", ["1:13 gunicorn a"]),
    ("sudo -u www -E A=b nohup nice -n 5 time gunicorn", ["1:41 gunicorn"]),
    (
      "su -c 'celery worker' www; su - www -s /bin/sh -c \"flower; b\"", ["1:8 celery worker", "1:52 flower", "1:60 b"]
    ),
    ("env -i A=b -u C gunicorn", ["1:17 gunicorn"]),
    ("timeout -s KILL 30 gunicorn", ["1:20 gunicorn"]),
    ("gosu taiga celery -A x", ["1:12 celery -A x"]),
    ("ls | xargs -0 -n 1 black", ["1:1 ls", "1:20 black"]),
    ("dumb-init -- tini -g -- gunicorn", ["1:25 gunicorn"]),
    (
      "./wait-for-it.sh db:5432 -t 30 -- gunicorn", ["1:1 ./wait-for-it.sh db:5432 -t 30 -- gunicorn", "1:35 gunicorn"]
    ),
    ("poetry run pytest -q", ["1:1 poetry run pytest -q", "1:12 pytest -q"]),
    ("uv run --with x --frozen uvicorn a:b", ["1:1 uv run --with x --frozen uvicorn a:b", "1:26 uvicorn a:b"]),
    ("uv run -m pytest -q", ["1:1 uv run -m pytest -q", "1:11 python -m pytest -q"]),
    ("uv sync --group gunicorn; uvx ruff check", ["1:1 uv sync --group gunicorn", "1:27 uvx ruff check"]),
    ("hatch run test:pytest", ["1:1 hatch run test:pytest", "1:16 pytest"]),
    (
      "docker compose -f x.yml run --rm -e A=b web pytest -q",
      ["1:1 docker compose -f x.yml run --rm -e A=b web pytest -q", "1:45 pytest -q"]
    ),
    ("python -m celery -A x worker", ["1:1 python -m celery -A x worker"]),
    ("python3.12 -u -W error -Im gunicorn a", ["1:1 python3.12 -m gunicorn a"]),
    ("python -c 'import gunicorn'; python manage.py migrate", ["1:30 python manage.py migrate"]),
    ("coverage run --source=a -m pytest -q", ["1:1 coverage run --source=a -m pytest -q", "1:28 python -m pytest -q"]),
    ("python -m coverage run manage.py test", ["1:1 python -m coverage run manage.py test"]),
    ("python $(which gunicorn) a", ["1:10 which gunicorn", "1:16 gunicorn a"]),
    ("newrelic-admin run-program gunicorn a", ["1:1 newrelic-admin run-program gunicorn a", "1:28 gunicorn a"]),
    ("watchmedo auto-restart -d . -- celery w", ["1:1 watchmedo auto-restart -d . -- celery w", "1:32 celery w"]),
    ("bash -euxo pipefail -c 'gunicorn a && b'", ["1:25 gunicorn a", "1:39 b"]),
    ("sh start.sh; bash -x run", []),
    ("eval \"gunicorn $X\"", ["1:7 gunicorn $X"]),
    ("find . -name x -exec black {} \\;", ["1:22 black {}"]),
    ("command -v gunicorn && command gunicorn", ["1:32 gunicorn"]),
    ("honcho run uvicorn a", ["1:1 honcho run uvicorn a", "1:12 uvicorn a"]),
    ("concurrently \"uvicorn a\" 'npm run b'", ["1:15 uvicorn a", "1:27 npm run b"]),
  ])
  func wrappers(text: String, expected: [String]) { #expect(Self.commands(text) == expected) }
}

"""Does what an image made from the Dockerfile would: builds by the same command as CI, and runs as it says.

usage: check_dockerfile.py DOCKERFILE BINARY
"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from dockerfile_parse import DockerfileParser

PORT = "4010"
TOKEN = "a-token-of-this-check"


def main():
    dockerfile, binary = map(Path, sys.argv[1:])
    parser = DockerfileParser(path=str(dockerfile))
    build, image = stages(parser.structure)
    check_build(build)
    check_image(image)
    with tempfile.TemporaryDirectory() as folder:
        run = Container(image, binary, Path(folder))
        run.check(token=None, without_token=403, with_token=403)
        run.check(token=TOKEN, without_token=401, with_token=200)
    print("Dockerfile: builds as CI does, starts, is healthy, can be steered with its token only, and stops when told to")


def stages(structure):
    """The instructions of each stage, as pairs of name and value."""
    found = []
    for instruction in structure:
        if instruction["instruction"] == "FROM":
            found.append([])
        if instruction["instruction"] != "COMMENT":
            found[-1].append((instruction["instruction"], instruction["value"]))
    expect("a stage that builds and one that is the image", len(found) == 2)
    return found


def only(stage, name):
    """The value of the one instruction of that name."""
    values = [value for instruction, value in stage if instruction == name]
    expect(f"one {name}", len(values) == 1)
    return values[0]


def check_build(stage):
    wanted = re.search(r'step "release build"\n(cargo .*)', Path(".ci/run").read_text()).group(1).replace(" --quiet", "")
    run = only(stage, "RUN")
    commands = [" ".join(command.split()) for command in re.sub(r"--mount=\S+", "", run).split("&&")]
    static = f'RUSTFLAGS="-C target-feature=+crt-static" {wanted} --target "$(rustc --print host-tuple)"'
    expect(f"the build command is CI's, linked statically: {static}", commands[0] == static)

    pinned = re.search(r'channel = "(.*)"', Path("rust-toolchain.toml").read_text()).group(1)
    expect(f"the image is of Rust {pinned}", only(stage, "FROM").startswith(f"rust:{pinned}-slim"))
    expect(f"no other toolchain than {pinned} is looked for", only(stage, "ENV") == f"RUSTUP_TOOLCHAIN={pinned}")


def check_image(stage):
    expect("nothing is in the image but what is copied", only(stage, "FROM") == "scratch")
    expect("the port is told", only(stage, "EXPOSE") == PORT)
    user = re.fullmatch(r"(\d+):(\d+)", only(stage, "USER"))
    expect("a user by number who is not root", user and "0" not in user.groups())


class Container:
    """What the image runs, on a port of its own."""

    def __init__(self, stage, binary, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = str(free.getsockname()[1])
        source, self.path = only(stage, "COPY").split()[-2:]
        expect("the binary is copied to where it is run", source == self.path)
        # Where the user of the image may read it.
        folder.chmod(0o755)
        self.binary = shutil.copy(binary, folder / "mock-server")
        self.user, self.group = map(int, only(stage, "USER").split(":"))
        name, value = only(stage, "ENV").split("=", 1)
        self.environment = {name: value.replace(PORT, self.port)}
        self.entrypoint = self.command(only(stage, "ENTRYPOINT"))
        self.healthcheck = self.command(only(stage, "HEALTHCHECK").partition("CMD ")[2])

    def command(self, text):
        """A command in exec form, for this binary and this port."""
        words = json.loads(text)
        expect("a command runs the binary", words[0] == self.path)
        return [self.binary, *(word.replace(PORT, self.port) for word in words[1:])]

    def options(self, **environment):
        """As whom and where a command runs in the image."""
        privileges = {"user": self.user, "group": self.group, "extra_groups": []} if os.geteuid() == 0 else {}
        return {"cwd": "/", "env": self.environment | environment, **privileges}

    def health(self):
        return subprocess.run(self.healthcheck, capture_output=True, text=True, timeout=10, **self.options())

    def check(self, token, without_token, with_token):
        """Starts the server, looks whether it is well, asks it what worlds it has, and stops it."""
        options = self.options(**({"MOCK_CONTROL_TOKEN": token} if token else {}))
        server = subprocess.Popen(self.entrypoint, stdout=subprocess.DEVNULL, **options)
        try:
            self.wait_until_healthy(server)
            expect("health is for everybody", self.status("health") == 200)
            expect(f"worlds without a token: {without_token}", self.status("worlds") == without_token)
            expect(f"worlds with a token: {with_token}", self.status("worlds", TOKEN) == with_token)
            server.send_signal(signal.SIGTERM)
            expect("told to stop, it ends well", server.wait(timeout=10) == 0)
        finally:
            server.kill()
        expect("where no server is, none is healthy", self.health().returncode != 0)

    def wait_until_healthy(self, server):
        for _ in range(100):
            health = self.health()
            if health.returncode == 0:
                return
            expect("the server runs", server.poll() is None)
            time.sleep(0.1)
        expect(f"the server is healthy, by the health check, which says {health.stderr!r},", False)

    def status(self, path, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/_mock/{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code


def expect(what, holds):
    if not holds:
        sys.exit(f"Dockerfile: {what}: does not hold")


main()

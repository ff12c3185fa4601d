"""Runs the commands of a GitHub Actions workflow with one job, in order, as a runner would; actions are skipped.

usage: run_workflow.py WORKFLOW FOLDER

The FOLDER is the workspace. A free port takes the place of 4010 wherever the workflow names it.
"""
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

WRITTEN = "127.0.0.1:4010"
# A step for when something has failed; here the run ends then.
AFTER_A_FAILURE = "${{ failure() }}"
# What a step or the job may have that changes nothing here.
PASSED_OVER = {"name", "timeout-minutes", "runs-on", "steps"}


def main():
    workflow, folder = map(Path, sys.argv[1:])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        text = workflow.read_text().replace(WRITTEN, f"127.0.0.1:{free.getsockname()[1]}")
    [job] = yaml.safe_load(text)["jobs"].values()
    check_keys("the job", job, {"env"})
    with tempfile.NamedTemporaryFile("r") as path_file:
        environment = os.environ | expressionless(job.get("env", {})) | {"GITHUB_PATH": path_file.name, "CI": "true"}
        for step in job["steps"]:
            if "uses" in step or step.get("if") == AFTER_A_FAILURE:
                continue
            print(f"-- {step['name']}", flush=True)
            check_keys(step["name"], step, {"run", "working-directory"})
            run(step, folder, environment)
            # What a step adds to the path is before it for the steps that follow.
            added = Path(path_file.name).read_text().split()
            environment["PATH"] = os.pathsep.join([*reversed(added), os.environ["PATH"]])


def run(step, folder, environment):
    script = expressionless({"run": step["run"]})["run"]
    # The shell that a runner has for `run`, unless the workflow says otherwise.
    shell = ["bash", "--noprofile", "--norc", "-e", "-c", script]
    done = subprocess.run(shell, cwd=folder / step.get("working-directory", "."), env=environment)
    expect(f"{step['name']}: success", done.returncode == 0)


def expressionless(texts):
    """The texts, in which no expression stands, for nothing here evaluates them."""
    for text in texts.values():
        expect(f"no expression in {text!r}", not re.search(r"\$\{\{", str(text)))
    return {name: str(text) for name, text in texts.items()}


def check_keys(what, holder, known):
    unknown = set(holder) - known - PASSED_OVER
    expect(f"{what} has nothing that is not understood here, as {unknown}", not unknown)


def expect(what, holds):
    if not holds:
        sys.exit(f"{sys.argv[1]}: {what}: does not hold")


try:
    os.setpgrp()
    main()
finally:
    # What a step left running ends with the job.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)

# Sourced by the checks that use other people's tools and clients: what those need is installed below target/ci.

# python_environment NAME FILE: sets `venv` to the virtual environment target/ci/NAME with what the FILE pins.
python_environment() {
    venv="$PWD/target/ci/$1"
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$2"
}

# node_project NAME FOLDER: sets `project` to target/ci/NAME, a copy of the FOLDER with the packages beside it that its
# lock file pins. Finds Node.js.
node_project() {
    local folder=$2
    project="$PWD/target/ci/$1"
    find_node
    mkdir -p "$project"
    if ! cmp --silent "$folder/package-lock.json" "$project/installed-lock.json"; then
        cp "$folder/package.json" "$folder/package-lock.json" "$project/"
        (cd "$project" && npm ci --loglevel error --no-audit --no-fund)
        cp "$folder/package-lock.json" "$project/installed-lock.json"
    fi
    tar -C "$folder" --exclude=node_modules -cf - . | tar -C "$project" -xf -
}

# The machine's Node.js if it is new enough, else one from PyPI.
find_node() {
    local venv
    if command -v npm >/dev/null && is_new_enough; then return; fi
    python_environment node .ci/requirements-node.txt
    PATH="$venv/bin:$PATH"
}

is_new_enough() {
    node --eval 'const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 12) ? 0 : 1)' 2>/dev/null
}

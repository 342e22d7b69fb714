# Where things are and which versions are meant. The sourcing script sets ROOT.

HERE="$ROOT/.dockwright" # everything the tools build or download; git-ignored

NODE_LEAST=22            # the major version package.json asks for
NODE_PACKAGE=22.23.3     # the npm package `node`, used where the machine's is older
PULUMI_VERSION=3.259.0   # equals @pulumi/pulumi in package.json
PLUGIN_VERSION=5.2.0     # equals @pulumi/docker in package.json
BASE_IMAGE=debian:bookworm-slim
BASE_SUITE=bookworm

NODE_BIN="$HERE/node/node_modules/node/bin"
PULUMI_ROOT="$HERE/pulumi"
export PULUMI_HOME="${PULUMI_HOME:-$HERE/pulumi-home}"
PASSPHRASE_FILE="$HERE/passphrase"
PLUGIN_BIN="$PULUMI_HOME/plugins/resource-docker-v$PLUGIN_VERSION/pulumi-resource-docker"

# What the steps bring must be found by the steps after them.
if [ -x "$NODE_BIN/node" ]; then PATH="$NODE_BIN:$PATH"; fi
if [ -x "$PULUMI_ROOT/bin/pulumi" ]; then PATH="$PULUMI_ROOT/bin:$PATH"; fi
export PATH

# The commands of this repository. Each one first installs whatever is missing (tools/bootstrap).
STACK ?= dev
export STACK

.DEFAULT_GOAL := help
.PHONY: help up preview down test e2e check bench faults honesty

help: ## print this list
	@printf 'dockwright: typed Pulumi components for Docker hosts\n\n'
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\nSTACK=%s (others: STACK=staging make preview). The toolchain alone: tools/bootstrap --help\n' '$(STACK)'

up: ## deploy the stack and print its URL
	@tools/stack up $(ARGS)

preview: ## what `make up` would change
	@tools/stack preview $(ARGS)

down: ## remove the stack; volumes keep their data
	@tools/stack down $(ARGS)

test: ## every test, on a real Docker Engine
	@tools/run-tests $(ARGS) --ignoreProjects e2e

e2e: ## WordPress from its Compose file in a real browser; builds both first, which takes minutes
	@tools/run-tests $(ARGS) --selectProjects e2e

check: ## format, lint, types, prose, imports, dead code, API report
	@tools/bootstrap --quiet node packages
	@tools/env npm run --silent check

bench: ## measure against raw Pulumi, Docker Compose and docker stack deploy
	@tools/bootstrap --quiet
	@tools/env npm run --silent bench

faults: ## every fault at every call to the Engine, and a random walk; takes two or three hours (ARGS="--scenario interrupt": kills and Ctrl-C, 10 minutes)
	@tools/bootstrap --quiet
	@tools/env node --require ts-node/register/transpile-only test/faults/run.ts $(ARGS)

honesty: ## what plain previews and reviews announce against what happens, for 312 generated edits; takes 25 minutes
	@tools/bootstrap --quiet
	@tools/env node --require ts-node/register/transpile-only test/review/honesty/run.ts $(ARGS)

# Everything here is one command that you can give yourself; .ci/run says which.

.PHONY: test gate model worlds simulation lossy soak rules mutants explore race lint bench fuzz examples ci

test: ## the tests of the library: all that a change needs while you work on it
	go test ./...

gate: ## the test programme, each step with what it has to show; .ci/run lists them
	.ci/run gate

race: ## the same under the race detector
	go test -race ./...

model: ## a hundred thousand sequences of commands, given to the engine and to the model in its tests
	.ci/run model

explore: ## the same with new sequences, and all properties on new random values
	RAPID_SEED=0 .ci/run test model

worlds: ## a million states of small worlds, each with every move
	.ci/run worlds

simulation: ## ten million commands, while everything around the engine fails
	.ci/run simulation

lossy: ## a program on a disk from which the power is taken, with a new seed
	LOSSY_SEED=$$(date +%s) .ci/run lossy

soak: ## a hundred million commands and two hundred power cuts, which takes about an hour
	SIMULATION=100000000 CUTS=200 .ci/run simulation lossy

rules: ## a hundred thousand random elections for each rule of the stock
	.ci/run rules

mutants: ## faults of every kind in the rooms, one at a time: would the tests notice?
	MUTANTS="ledger objection proposal circle" .ci/run mutants

lint: ## builds the linter from the tools module, then runs it
	.ci/run format vet tidy lint

bench: ## the figures, each beside something to judge it by: see bench/README.md
	BENCHTIME=20x .ci/run bench

fuzz: ## every fuzz target for a million inputs
	FUZZTIME=1000000x .ci/run fuzz

examples: ## every example, and every conversation
	.ci/run examples

ci: ## what must hold before a change is taken in
	.ci/run

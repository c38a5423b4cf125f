// Package tools holds nothing but the versions of the programs that check this
// repository: its go.mod names them with the tool directive. It is a module of
// its own, and not part of the workspace, so that what the linter needs never
// enters anybody else's graph: see CONTRIBUTING.md. The program in mutants asks
// whether our tests would notice a fault.
package tools

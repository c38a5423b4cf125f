module github.com/sayround/sayround/bench

go 1.26.6

require (
	github.com/looplab/fsm v1.0.3
	github.com/sayround/sayround v0.0.0-00010101000000-000000000000
)

require (
	github.com/google/uuid v1.6.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

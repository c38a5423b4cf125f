module github.com/sayround/sayround/internal/lossy

go 1.26.6

require (
	github.com/hanwen/go-fuse/v2 v2.12.1
	github.com/sayround/sayround v0.0.0-00010101000000-000000000000
	github.com/stretchr/testify v1.12.1
	golang.org/x/mod v0.42.0
)

require (
	github.com/google/uuid v1.6.0 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/sys v0.28.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

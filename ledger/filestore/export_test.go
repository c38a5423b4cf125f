package filestore

import "github.com/sayround/sayround/internal/osfile"

// SyncData is how the store syncs, for comparison.
var SyncData = osfile.SyncData

package filestore

// SyncData is how the store syncs, for comparison.
var SyncData = syncData

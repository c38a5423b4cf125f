package bench

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver
)

// A throughFile is a file that was written through with zeros before, so that a sync
// writes what was given it and nothing else.
type throughFile struct{ f *os.File }

func writtenThrough(b *testing.B, size int) throughFile {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "through"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = f.Close() })
	if _, err = f.Write(make([]byte, size)); err == nil {
		err = f.Sync()
	}
	if err != nil {
		b.Fatal(err)
	}
	return throughFile{f}
}

func (f throughFile) append(b *testing.B, entry []byte, at int64) {
	if _, err := f.f.WriteAt(entry, at); err != nil {
		b.Error(err)
	}
	if err := syncData(f.f); err != nil {
		b.Error(err)
	}
}

// A database is an event store on SQLite as they are made: a stream named by a text,
// indexed, and one transaction an event, each synced.
type database struct{ db *sql.DB }

func newSQLite(b *testing.B) database {
	b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "events.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(60000)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE events (
		seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (stream, version))`); err != nil {
		b.Fatal(err)
	}
	return database{db}
}

func (d database) append(b *testing.B, version int, entry []byte) {
	tx, err := d.db.Begin()
	if err == nil {
		_, err = tx.Exec(`INSERT INTO events (stream, version, data) VALUES (?, ?, ?)`, "organisation", version, entry)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		b.Error(err)
	}
}

// Package tiles writes a ledger as files that tools of others can verify, and reads
// them back, believing nothing.
//
//	err := tiles.Export(ctx, store, signed, policy, "export")
//	checkpoint, err := tiles.Verify(ctx, os.DirFS("export"), policy)
//	checkpoint, err := tiles.Import(ctx, os.DirFS("export"), policy, another)
//
// # The files
//
// They are those of C2SP tlog-tiles, so that any web server can serve them and any
// client of that form can check them:
//
//	checkpoint              the signed checkpoint
//	tile/entries/x001/234   256 entries, each behind two bytes of length
//	tile/0/x001/234         their leaf hashes, 32 bytes each
//	tile/1/004              the roots of 256 such tiles, and so on upwards
//	tile/0/x001/235.p/17    a tile of which only 17 hashes are there yet
//
// Entries hold no words (see package ledger), so an export holds none: it may be
// given to members and to strangers, and what was erased stays erased.
//
// # Believing
//
// [Verify] hashes every entry anew, holds the tiles and the root of the checkpoint to
// what comes out, and asks the policy who signed. It keeps 32 bytes for 256 entries,
// whatever the files say; no file is read beyond the length that it can have.
// [Import] does the same first, and then reads the entries once more, holding each
// 256 of them to what was verified: a file that changes in between is noticed.
package tiles

package ledger

import "context"

// A Pipeliner is a [Store] that takes entries while those it took before are still
// on their way to the disk, so that the commands of many share one write and one
// sync (group commit). It is optional.
//
// Whoever decides on entries that are on their way must tell nobody what came of it
// before they have arrived: see [Begun].
type Pipeliner interface {
	Store
	// Begin takes entries as Append does, and returns before they are durable. Size
	// counts the entries that were begun before, too, and Append then counts them as
	// well. Read and Wait know of durable entries only.
	//
	// Parts are put first, as by Put: they are durable before the entries or together
	// with them. A store that is no [Vault] is given none.
	//
	// The store keeps nothing of the caller's. If Begin fails, nothing was taken.
	// Before it fails with [ErrConflict] all that was begun has become durable, so that
	// reading shows what is new.
	Begin(ctx context.Context, size uint64, parts []Part, entries [][]byte) (Begun, error)
}

// A Gatherer is a [Vault] that takes parts while those it took before are still on
// their way to the disk, so that the words of many commands share one write and one
// sync. It is optional.
type Gatherer interface {
	Vault
	// BeginPut takes parts as Put does, and returns before they are durable. What Put
	// would refuse it refuses at once, and has taken nothing then. Get knows of a part
	// once it is durable; whatever else is asked of the vault, such as an erasure, comes
	// after what was begun before it.
	//
	// The vault keeps nothing of the caller's.
	BeginPut(ctx context.Context, parts []Part) (Begun, error)
}

// A Follower is a [Pipeliner] whose entries can wait for something else: for words
// that another thing keeps, a [Gatherer]. It is optional.
type Follower interface {
	Pipeliner
	// BeginAfter takes entries as Begin does, and writes none of them before the words
	// have arrived, so that no entry names words that are not kept. If they do not arrive,
	// the entries fail as if their own write had.
	BeginAfter(ctx context.Context, size uint64, words Begun, entries [][]byte) (Begun, error)
}

// Begun is what became of the Begin of a [Pipeliner], or of the BeginPut of a [Gatherer].
type Begun interface {
	// Wait returns nil once the entries are durable, and then all that were begun
	// before them are. Otherwise it is unknown whether they were written, and whatever
	// was begun after them fails too: the ledger never holds an entry without those
	// before it. The same holds for parts.
	//
	// Somebody must wait: a store may do the write in there, for all who wait. Wait may
	// be called by several goroutines and more than once; it says the same each time.
	Wait() error
}

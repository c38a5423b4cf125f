// Package lossy is a file system from which the power can be taken. Whatever runs on
// it runs as it is, with its own files, threads and syncs; so its tests see what a
// store does on a real disk, and not what it does on the disk that its tests imagine.
//
//	l, err := lossy.Mount(dir, at, lossy.Honest)
//	…                     // a program works in the folder at
//	l.Freeze()            // the power is gone: nothing is written any more
//	…                     // the program is killed, with all its children
//	err = l.Unmount()     // what the kernel remembers is forgotten
//	err = l.Crash(r, 0.5) // what was not synced is gone, or some of it
//
// Everything passes through to a folder. Before each change the file system keeps what
// the change destroys: the old bytes and size of a file, the file that a removed or
// replaced name stood for. A sync of a file forgets that of its content, a sync of a
// folder that of its names: they are durable. A crash plays what is left backwards. Of
// the changes of a file, or of a folder, it may leave some, always the first ones; of
// the one behind them it may leave the beginning.
//
// What it could not take back is refused: links, devices, and names that move from one
// folder to another. Maps of files into memory are not for writing.
//
// It works on Linux, for who may mount. It is a module of its own, so that nobody who
// embeds a ledger needs a library for file systems.
package lossy

// Package bench measures what Sayround claims about speed and memory, each
// beside something that a reader can judge it by, in the same run. It is a
// module of its own, so that peers never enter the graph of those who embed
// the library. README.md says how to run it and what each number means.
package bench

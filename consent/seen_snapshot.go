package consent

import (
	"encoding/binary"
	"errors"
)

// A seenImage is what a snapshot holds of the ids that were seen: the secret, and
// lists of hashes and positions, eight bytes for each.
type seenImage struct {
	Secret secret
	Recent []byte
	Runs   [][]byte
}

// errSeen: lists of ids do not fit together.
var errSeen = errors.New("the ids of the snapshot do not fit together")

func (s *seen) image() seenImage {
	image := seenImage{Secret: s.secret}
	for _, r := range s.runs {
		image.Runs = append(image.Runs, commands(r.commands).bytes())
	}
	recent := append(s.recentList(), s.fresh...)
	if len(recent) < recentSlots/2 {
		image.Recent = recent.bytes()
	} else {
		image.Runs = append(image.Runs, commands(sortByHash(recent)).bytes())
	}
	return image
}

// restore makes what was seen from its image, which tells of no position from size on.
func (i *seenImage) restore(size uint64) (seen, error) {
	var s seen
	if len(i.Recent) == 0 && len(i.Runs) == 0 {
		return s, nil
	}
	s.begin(i.Secret)
	recent, err := commandsOf(i.Recent, size)
	if err != nil || len(recent) >= recentSlots/2 {
		return s, errSeen
	}
	for _, c := range recent {
		s.put(c)
	}
	for _, b := range i.Runs {
		list, err := commandsOf(b, size)
		if err != nil || !list.sorted() {
			return s, errSeen
		}
		s.runs = append(s.runs, index(list))
	}
	return s, nil
}

// commands is a list of commands, as eight bytes each in a snapshot.
type commands []command

func (list commands) bytes() []byte {
	b := make([]byte, 0, 8*len(list))
	for _, c := range list {
		b = binary.LittleEndian.AppendUint32(b, c.hash)
		b = binary.LittleEndian.AppendUint32(b, c.pos)
	}
	return b
}

func commandsOf(b []byte, size uint64) (commands, error) {
	if len(b)%8 != 0 {
		return nil, errSeen
	}
	list := make(commands, len(b)/8)
	for i := range list {
		list[i] = command{binary.LittleEndian.Uint32(b[8*i:]), binary.LittleEndian.Uint32(b[8*i+4:])}
		if uint64(list[i].pos) >= size {
			return nil, errSeen
		}
	}
	return list, nil
}

func (list commands) sorted() bool {
	for i := 1; i < len(list); i++ {
		if list[i-1].hash > list[i].hash {
			return false
		}
	}
	return true
}

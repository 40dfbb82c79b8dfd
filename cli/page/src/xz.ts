// Unpacks what CMake packs by xz: browsers themselves know gzip alone, which leaves two fifths more. One block of LZMA2, whole in memory; the check at its end
// is not looked at, since the text around it stands or falls with it.
// The format: https://tukaani.org/xz/xz-file-format.txt, https://www.7-zip.org/sdk.html (lzma-specification.txt).

const states = 12;
const positions = 16;
const half = 1024;

// How long a match is: one of three trees, each longer than the one before.
class Lengths {
    readonly choice = new Uint16Array(2);
    readonly low = new Uint16Array(positions << 3);
    readonly mid = new Uint16Array(positions << 3);
    readonly high = new Uint16Array(256);

    reset(): void {
        for (const each of [this.choice, this.low, this.mid, this.high]) each.fill(half);
    }
}

class Decoder {
    at = 0; // in `from`
    size = 0; // written to `to`

    // Numbers of 32 bits in an array are quick to change; members above 2^31 are not.
    private readonly coder = new Uint32Array(2); // range, code
    private readonly distances = new Uint32Array(4);
    private state = 0;
    private literalContext = 0;
    private literalPosition = 0;
    private positionMask = 0;

    private readonly isMatch = new Uint16Array(states * positions);
    private readonly isRepeat = new Uint16Array(states);
    private readonly isNotFirst = new Uint16Array(states);
    private readonly isNotSecond = new Uint16Array(states);
    private readonly isNotThird = new Uint16Array(states);
    private readonly isLong = new Uint16Array(states * positions);
    private readonly slots = new Uint16Array(4 << 6);
    private readonly middle = new Uint16Array(128);
    private readonly aligned = new Uint16Array(16);
    private readonly lengths = new Lengths();
    private readonly repeatLengths = new Lengths();
    private readonly literals = new Uint16Array(0x300 << 4);

    constructor(
        private readonly from: Uint8Array,
        private readonly to: Uint8Array,
    ) {}

    properties(byte: number): void {
        this.literalContext = byte % 9;
        this.literalPosition = Math.floor(byte / 9) % 5;
        this.positionMask = (1 << Math.floor(byte / 45)) - 1;
    }

    reset(): void {
        this.state = 0;
        this.distances.fill(0);
        const tables = [this.isMatch, this.isRepeat, this.isNotFirst, this.isNotSecond, this.isNotThird, this.isLong, this.slots, this.middle, this.aligned, this.literals];
        for (const each of tables) each.fill(half);
        this.lengths.reset();
        this.repeatLengths.reset();
    }

    copy(count: number): void {
        this.to.set(this.from.subarray(this.at, this.at + count), this.size);
        this.at += count;
        this.size += count;
    }

    unpack(count: number): void {
        const end = this.size + count;
        this.coder[0] = 0xffffffff;
        ++this.at;
        for (let i = 0; i < 4; ++i) this.coder[1] = ((this.coder[1] ?? 0) << 8) | this.byte();
        while (this.size < end) {
            const position = this.size & this.positionMask;
            if (this.bit(this.isMatch, (this.state << 4) + position) === 0) this.literal();
            else this.match(position);
        }
    }

    private byte(): number {
        return this.from[this.at++] ?? 0;
    }

    private bit(odds: Uint16Array, index: number): number {
        const { coder } = this;
        let range = coder[0] ?? 0;
        let code = coder[1] ?? 0;
        if (range < 0x1000000) {
            range = (range << 8) >>> 0;
            code = ((code << 8) | this.byte()) >>> 0;
        }
        const odd = odds[index] ?? half;
        const bound = Math.imul(range >>> 11, odd) >>> 0;
        if (code < bound) {
            coder[0] = bound;
            coder[1] = code;
            odds[index] = odd + ((2048 - odd) >>> 5);
            return 0;
        }
        coder[0] = range - bound;
        coder[1] = code - bound;
        odds[index] = odd - (odd >>> 5);
        return 1;
    }

    private tree(odds: Uint16Array, start: number, bits: number): number {
        let node = 1;
        for (let i = 0; i < bits; ++i) node = (node << 1) | this.bit(odds, start + node);
        return node - (1 << bits);
    }

    // The lowest bit first.
    private reversed(odds: Uint16Array, start: number, bits: number): number {
        let node = 1;
        let out = 0;
        for (let i = 0; i < bits; ++i) {
            const bit = this.bit(odds, start + node);
            node = (node << 1) | bit;
            out |= bit << i;
        }
        return out;
    }

    private evenly(bits: number): number {
        let [range = 0, code = 0] = this.coder;
        let out = 0;
        for (let i = 0; i < bits; ++i) {
            if (range < 0x1000000) {
                range = (range << 8) >>> 0;
                code = ((code << 8) | this.byte()) >>> 0;
            }
            range >>>= 1;
            const bit = code >= range ? 1 : 0;
            if (bit) code -= range;
            out = (out << 1) | bit;
        }
        this.coder[0] = range;
        this.coder[1] = code;
        return out >>> 0;
    }

    private literal(): void {
        const before = this.size > 0 ? (this.to[this.size - 1] ?? 0) : 0;
        const place = ((this.size & ((1 << this.literalPosition) - 1)) << this.literalContext) + (before >>> (8 - this.literalContext));
        const start = 0x300 * place;
        let node = 1;
        if (this.state >= 7) {
            let matched = this.to[this.size - (this.distances[0] ?? 0) - 1] ?? 0;
            while (node < 0x100) {
                const expected = (matched >>> 7) & 1;
                matched <<= 1;
                const bit = this.bit(this.literals, start + ((1 + expected) << 8) + node);
                node = (node << 1) | bit;
                if (bit !== expected) break;
            }
        }
        while (node < 0x100) node = (node << 1) | this.bit(this.literals, start + node);
        this.to[this.size++] = node & 0xff;
        this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
    }

    private match(position: number): void {
        let length = 0;
        if (this.bit(this.isRepeat, this.state) === 0) {
            length = this.length(this.lengths, position);
            this.recall(3, this.distance(length));
            this.state = this.state < 7 ? 7 : 10;
        } else {
            if (this.bit(this.isNotFirst, this.state) === 0) {
                if (this.bit(this.isLong, (this.state << 4) + position) === 0) {
                    this.state = this.state < 7 ? 9 : 11;
                    this.repeat(1);
                    return;
                }
            } else {
                const which = this.bit(this.isNotSecond, this.state) === 0 ? 1 : 2 + this.bit(this.isNotThird, this.state);
                this.recall(which, this.distances[which] ?? 0);
            }
            length = this.length(this.repeatLengths, position);
            this.state = this.state < 7 ? 8 : 11;
        }
        this.repeat(length + 2);
    }

    // A distance comes first of the last four, in place of the one at that index.
    private recall(index: number, distance: number): void {
        this.distances.copyWithin(1, 0, index);
        this.distances[0] = distance;
    }

    private length(odds: Lengths, position: number): number {
        if (this.bit(odds.choice, 0) === 0) return this.tree(odds.low, position << 3, 3);
        if (this.bit(odds.choice, 1) === 0) return 8 + this.tree(odds.mid, position << 3, 3);
        return 16 + this.tree(odds.high, 0, 8);
    }

    private distance(length: number): number {
        const slot = this.tree(this.slots, Math.min(length, 3) << 6, 6);
        if (slot < 4) return slot;
        const bits = (slot >>> 1) - 1;
        const start = ((2 | (slot & 1)) << bits) >>> 0;
        if (slot < 14) return start + this.reversed(this.middle, start - slot, bits);
        return start + this.evenly(bits - 4) * 16 + this.reversed(this.aligned, 0, 4);
    }

    // What is written may be what is read next.
    private repeat(count: number): void {
        const { to } = this;
        const distance = this.distances[0] ?? 0;
        const end = this.size + count;
        if (distance >= this.size || end > to.length) throw new RangeError('the engine is damaged');
        for (let at = this.size; at < end; ++at) to[at] = to[at - distance - 1] ?? 0;
        this.size = end;
    }
}

interface Chunk {
    control: number;
    at: number; // of its content
    packed: number;
    size: number;
}

// Every chunk says both of its sizes, so that the whole is known before.
function chunks(xz: Uint8Array): Chunk[] {
    const out: Chunk[] = [];
    const number = (at: number): number => ((xz[at] ?? 0) << 8) + (xz[at + 1] ?? 0) + 1;
    for (let at = 12 + ((xz[12] ?? 0) + 1) * 4; ; ) {
        const control = xz[at];
        if (control === undefined) throw new RangeError('the engine is damaged');
        if (control === 0) return out;
        if (control < 0x80) {
            const size = number(at + 1);
            out.push({ control, at: at + 3, packed: size, size });
        } else {
            const head = control >= 0xc0 ? 6 : 5;
            out.push({ control, at: at + head, packed: number(at + 3), size: ((control & 0x1f) << 16) + number(at + 1) });
        }
        const last = out[out.length - 1];
        at = (last?.at ?? 0) + (last?.packed ?? 0);
    }
}

export function unpacked(xz: Uint8Array): Uint8Array<ArrayBuffer> {
    const all = chunks(xz);
    const out = new Uint8Array(all.reduce((sum, chunk) => sum + chunk.size, 0));
    const decoder = new Decoder(xz, out);
    for (const { control, at, size } of all) {
        decoder.at = at;
        if (control < 0x80) {
            decoder.copy(size);
            continue;
        }
        if (control >= 0xc0) decoder.properties(xz[at - 1] ?? 0);
        if (control >= 0xa0) decoder.reset();
        decoder.unpack(size);
    }
    return out;
}

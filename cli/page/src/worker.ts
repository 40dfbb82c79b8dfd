// The worker: holds one instance of the engine (engine.h) and runs one request after the other. It knows nothing that it was not sent; when a
// call ends in a trap it says so, and the page replaces it.
import { endsInReg } from './files';
import type { Answer, Content, Message, Outcome, Request } from './engine';

interface Exports {
    memory: WebAssembly.Memory;
    _initialize(): void;
    schancfg_reserve(size: number): number;
    schancfg_release(at: number): void;
    schancfg_make_file(name: number, nameSize: number, size: number): number;
    schancfg_begin_export(slices: number): void;
    schancfg_export_room(slice: number, size: number): number;
    schancfg_take_export(slice: number, size: number): number;
    schancfg_end_export(name: number, nameSize: number): number;
    schancfg_forget_files(): void;
    schancfg_run(request: number, size: number): number;
    schancfg_printed(stream: number): number;
    schancfg_printed_size(stream: number): number;
    schancfg_take_file(name: number, size: number): number;
    schancfg_taken(): number;
    schancfg_taken_size(): number;
}

const post = (message: Answer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });
const encode = new TextEncoder();
const decode = new TextDecoder();
let calls: Exports;

function bytesAt(at: number, size: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(calls.memory.buffer as ArrayBuffer, at, size);
}

// The few calls of WASI that the engine makes: a clock, random bytes, and what C's start-up asks for. There is nothing to open.
function wasi(): WebAssembly.ModuleImports {
    const badFile = 8;
    const view = (): DataView => new DataView(calls.memory.buffer);
    const known: Record<string, (...numbers: number[]) => number | void> = {
        clock_time_get: (_clock, _low, _high, at) => {
            view().setBigUint64(at ?? 0, BigInt(Date.now()) * 1_000_000n, true);
            return 0;
        },
        random_get: (at, size) => {
            crypto.getRandomValues(bytesAt(at ?? 0, size ?? 0));
            return 0;
        },
        environ_sizes_get: (count, size) => {
            view().setUint32(count ?? 0, 0, true);
            view().setUint32(size ?? 0, 0, true);
            return 0;
        },
        environ_get: () => 0,
        proc_exit: (code) => {
            throw new WebAssembly.RuntimeError(`the engine ended with ${code}`);
        },
    };
    return new Proxy(known, { get: (all, name) => all[String(name)] ?? (() => badFile) }) as unknown as WebAssembly.ModuleImports;
}

// 64 bits of a clock's precision come as BigInt; everything else is a number.
function imports(module: WebAssembly.Module): WebAssembly.Imports {
    const system = wasi();
    const out: WebAssembly.ModuleImports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        if (from !== 'wasi_snapshot_preview1') continue;
        const call = system[name] as (...values: (number | bigint)[]) => number;
        out[name] = name === 'clock_time_get' ? (clock: number, _precision: bigint, at: number) => call(clock, 0, 0, at) : call;
    }
    return {
        wasi_snapshot_preview1: out,
        schancfg: { progress: (at: number, size: number) => post({ kind: 'progress', text: decode.decode(bytesAt(at, size).slice()) }) },
    };
}

// Calls `use` with the places of copies of these texts in the engine's memory.
function placed<T>(texts: (string | Uint8Array)[], use: (...numbers: number[]) => T): T {
    const numbers: number[] = [];
    for (const text of texts) {
        const bytes = typeof text === 'string' ? encode.encode(text) : text;
        const at = calls.schancfg_reserve(bytes.length) >>> 0;
        if (at === 0) throw new WebAssembly.RuntimeError('there is not enough memory');
        bytesAt(at, bytes.length).set(bytes);
        numbers.push(at, bytes.length);
    }
    const out = use(...numbers);
    for (let i = 0; i < numbers.length; i += 2) calls.schancfg_release(numbers[i] ?? 0);
    return out;
}

async function unpack(text: string): Promise<ArrayBuffer> {
    const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

const patience = 30; // milliseconds between two words of progress

// Chromium forgets a reader of this kind that only a pending read leads to, and the read is never answered then: so it is held here.
const held = new Set<ReadableStreamBYOBReader>();

// The bytes of a file in parts, each in the memory of the one before: where a browser makes new memory for each part, that takes longer than all else. Stops where
// `take` says false.
async function inParts(content: Blob, take: (bytes: Uint8Array) => boolean): Promise<boolean> {
    const stream = content.stream();
    let coming: ReadableStreamBYOBReader;
    try {
        coming = stream.getReader({ mode: 'byob' });
    } catch {
        // A browser whose files know no memory of others.
        const each = stream.getReader();
        for (let next = await each.read(); next.value; next = await each.read()) {
            if (take(next.value)) continue;
            await each.cancel();
            return false;
        }
        return true;
    }
    held.add(coming);
    for (let memory = new ArrayBuffer(atOnce); ;) {
        const { done, value } = await coming.read(new Uint8Array(memory));
        if (!done && take(value)) {
            memory = value.buffer;
            continue;
        }
        if (!done) await coming.cancel();
        held.delete(coming);
        return done;
    }
}
const atOnce = 1 << 20; // bytes

// A large export is never in memory as a whole: while one part is looked at, the browser reads the next; and it reads two slices at once faster than one, as
// it waits for itself at each piece. False: the engine can't take it so.
async function sieve(name: string, content: Blob): Promise<boolean> {
    const cut = Math.floor(content.size / 4) * 2;
    const slices = [content.slice(0, cut), content.slice(cut)];
    calls.schancfg_begin_export(slices.length);
    let done = 0;
    let told = performance.now();
    const take = (slice: number, bytes: Uint8Array): boolean => {
        const at = calls.schancfg_export_room(slice, bytes.length) >>> 0;
        // The other slice was declined.
        if (at === 0) return false;
        bytesAt(at, bytes.length).set(bytes);
        if (!calls.schancfg_take_export(slice, bytes.length)) return false;
        done += bytes.length;
        if (performance.now() - told < patience) return true;
        told = performance.now();
        post({ kind: 'progress', text: `reading ${name}`, part: done / content.size });
        return true;
    };
    const taken = await Promise.all(slices.map((each, slice) => inParts(each, (bytes) => take(slice, bytes))));
    return taken.every(Boolean) && placed([name], (from = 0, size = 0) => calls.schancfg_end_export(from, size)) !== 0;
}

/// True: of a large export is kept what a state is read from.
async function give(name: string, content: Content): Promise<boolean> {
    if (content instanceof Blob && endsInReg(name) && (await sieve(name, content))) return true;
    const bytes = content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
    const at = placed([name], (from = 0, size = 0) => calls.schancfg_make_file(from, size, bytes.length)) >>> 0;
    bytesAt(at, bytes.length).set(bytes);
    return false;
}

function run(request: Request, files: string[]): Outcome {
    const start = performance.now();
    const exit = placed([JSON.stringify(request)], (at = 0, size = 0) => calls.schancfg_run(at, size));
    const output = bytesAt(calls.schancfg_printed(1), calls.schancfg_printed_size(1)).slice();
    const error = decode.decode(bytesAt(calls.schancfg_printed(2), calls.schancfg_printed_size(2)).slice());
    const written: Record<string, Uint8Array> = {};
    for (const name of files) {
        if (!placed([name], (at = 0, size = 0) => calls.schancfg_take_file(at, size))) continue;
        written[name] = bytesAt(calls.schancfg_taken(), calls.schancfg_taken_size()).slice();
    }
    return { exit, output, error, written, milliseconds: performance.now() - start };
}

function answer(requests: Request[], files: string[]): void {
    const outcomes = requests.map((request) => run(request, files));
    post({ kind: 'answers', outcomes }, outcomes.map((outcome) => outcome.output.buffer));
}

async function take(message: Message): Promise<void> {
    switch (message.kind) {
        case 'start': {
            const module = await WebAssembly.compile(await unpack(message.module));
            const instance = await WebAssembly.instantiate(module, imports(module));
            calls = instance.exports as unknown as Exports;
            calls._initialize();
            const sieved: string[] = [];
            for (const [name, bytes] of message.files) if (await give(name, bytes)) sieved.push(name);
            post({ kind: 'ready', sieved });
            break;
        }
        case 'file':
            post({ kind: 'given', sieved: (await give(message.name, message.bytes)) ? [message.name] : [] });
            break;
        case 'sieve':
            answer((await sieve(message.name, message.content)) ? [message.request] : [], []);
            break;
        case 'run': {
            for (const [name, bytes] of message.given) await give(name, bytes);
            answer(message.requests, message.files);
            break;
        }
    }
}

self.onmessage = (event: MessageEvent<Message>) => {
    take(event.data).catch((error: unknown) => post({ kind: 'trap', message: String(error) }));
};

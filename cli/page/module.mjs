// The engine as a host in Node sees it (cli/page/engine.h).
import { readFileSync } from 'node:fs';
import { WASI } from 'node:wasi';

const utf8 = new TextEncoder();

export async function compile(file) {
    return WebAssembly.compile(readFileSync(file));
}

export class Engine {
    static async start(compiled) {
        const engine = new Engine();
        const wasi = new WASI({ version: 'preview1', args: [], env: {} });
        const imports = {
            wasi_snapshot_preview1: wasi.wasiImport,
            schancfg: { progress: (at, size) => engine.began.push(Buffer.from(engine.bytes(at, size)).toString()) },
        };
        engine.instance = await WebAssembly.instantiate(compiled, imports);
        engine.calls = engine.instance.exports;
        engine.began = [];
        wasi.initialize(engine.instance);
        return engine;
    }

    bytes(at, size) {
        return new Uint8Array(this.calls.memory.buffer, at, size);
    }

    // Calls what takes texts as pairs of address and size.
    with(name, ...texts) {
        const given = texts.map((text) => {
            const bytes = typeof text === 'string' ? utf8.encode(text) : text;
            const at = this.calls.schancfg_reserve(bytes.length);
            this.bytes(at, bytes.length).set(bytes);
            return [at, bytes.length];
        });
        const out = this.calls[name](...given.flat());
        for (const [at] of given) this.calls.schancfg_release(at);
        return out;
    }

    give(name, bytes) {
        this.with('schancfg_give_file', name, bytes);
    }

    // A large export, in two slices and parts of that many bytes. False: it has to be given whole.
    giveExport(name, bytes, part) {
        const cut = (bytes.length >> 2) << 1;
        const slices = [bytes.subarray(0, cut), bytes.subarray(cut)];
        this.calls.schancfg_begin_export(slices.length);
        for (let at = 0; at < bytes.length - cut; at += part) {
            for (const [slice, all] of slices.entries()) {
                const some = all.subarray(at, at + part);
                const room = this.calls.schancfg_export_room(slice, some.length);
                this.bytes(room, some.length).set(some);
                if (!this.calls.schancfg_take_export(slice, some.length)) return false;
            }
        }
        return this.with('schancfg_end_export', name) !== 0;
    }

    folder(name) {
        this.with('schancfg_give_folder', name);
    }

    forget() {
        this.calls.schancfg_forget_files();
    }

    run(request) {
        const exit = this.with('schancfg_run', typeof request === 'string' ? request : JSON.stringify(request));
        const printed = (stream) => Buffer.from(this.bytes(this.calls.schancfg_printed(stream), this.calls.schancfg_printed_size(stream)));
        return { exit, stdout: printed(1), stderr: printed(2) };
    }

    take(name) {
        if (!this.with('schancfg_take_file', name)) return undefined;
        return Buffer.from(this.bytes(this.calls.schancfg_taken(), this.calls.schancfg_taken_size()));
    }
}

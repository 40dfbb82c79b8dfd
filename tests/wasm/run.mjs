// run.mjs MODULE PROFILE: the module reads the profile and says what it locks out; a text that is not TOML is an error in words.
import assert from 'node:assert';
import { closeSync, openSync, readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';

const [module, profile] = process.argv.slice(2);
const compiled = await WebAssembly.compile(readFileSync(module));
const folder = mkdtempSync(join(tmpdir(), 'schancfg-wasm-'));

async function run(release, input) {
    const output = join(folder, 'out');
    const stdin = openSync(input, 'r');
    const stdout = openSync(output, 'w');
    const wasi = new WASI({ version: 'preview1', args: ['engine', release], env: {}, stdin, stdout, returnOnExit: true });
    const instance = await WebAssembly.instantiate(compiled, { wasi_snapshot_preview1: wasi.wasiImport });
    const code = wasi.start(instance);
    closeSync(stdin);
    closeSync(stdout);
    return { code, text: readFileSync(output, 'utf8') };
}

try {
    const locked = await run('2022', profile);
    assert.equal(locked.code, 0, locked.text);
    assert.match(locked.text, /^[1-9][0-9]* changes$/m);
    assert.match(locked.text, /no TLS version is left/i);

    const broken = join(folder, 'broken.toml');
    writeFileSync(broken, 'format = 1\nname = "x"\n[protocols]\n"TLS 1.2" = off\n');
    const refused = await run('2022', broken);
    assert.equal(refused.code, 2);
    assert.match(refused.text, /^4: /m);
} finally {
    rmSync(folder, { recursive: true });
}

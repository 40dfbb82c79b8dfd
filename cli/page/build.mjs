// build.mjs MODULE STYLE PEERS OUTPUT: makes the page, one HTML file in which everything is: style, scripts, and the engine, packed. What the engine says
// of itself (releases, shipped profiles, the sentences of reasons) is asked here, so that the first view needs no engine.
// Its policy lets in what it holds, by hashes, and nothing else; it makes no request.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Engine, compile } from './module.mjs';

const [module, style, peers, output] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const modules = process.env.SCHANCFG_NODE_MODULES ?? join(here, 'node_modules');
const esbuild = createRequire(join(modules, 'x.js'))('esbuild');

async function bundle(entry, define = {}) {
    const built = await esbuild.build({
        entryPoints: [join(here, 'src', entry)],
        bundle: true,
        minify: !process.env.NOMIN,
        write: false,
        format: 'iife',
        target: 'es2022',
        charset: 'utf8',
        legalComments: 'none',
        jsx: 'automatic',
        jsxImportSource: 'preact',
        nodePaths: [modules],
        define,
    });
    // It stands in an element: what would end that one may not be in it.
    return built.outputFiles[0].text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim();
}

const todaysPeers = readdirSync(peers)
    .filter((name) => name.endsWith('.toml'))
    .sort()
    .map((file) => {
        // Without its comments: it is read again after each change.
        const text = readFileSync(join(peers, file), 'utf8').replace(/^#.*\n/gm, '');
        const [, name] = /^name = "(.*)"$/m.exec(text);
        const [, role] = /^role = "(.*)"$/m.exec(text) ?? [, 'server'];
        return { file, name, role, text };
    });

const engine = await Engine.start(await compile(module));
const ask = (command, operands, options = {}) => JSON.parse(engine.run({ command, operands, options: { format: ['json'], ...options } }).stdout);
const reasons = ask('explain', ['reasons'], { list: [''] }).words;
const known = {
    releases: ask('releases', []).releases.reverse(),
    profiles: ask('profiles', []).profiles,
    reasons: Object.fromEntries(reasons.map((id) => [id, ask('explain', [id]).explanations.find((each) => each.kind === 'reason').summary])),
};

const [, report] = /R"css\(([^]*?)\)css"/.exec(readFileSync(style, 'utf8'));
const css = `${report.trim()}\n${readFileSync(join(here, 'src/page.css'), 'utf8').replace(/\/\*[^]*?\*\//, '').trim()}`;
const main = await bundle('main.tsx', { __PEERS__: JSON.stringify(todaysPeers), __KNOWN__: JSON.stringify(known) });
const worker = await bundle('worker.ts');
// What the scripts hold of others asks for this.
const licence = readFileSync(join(modules, 'preact/LICENSE'), 'utf8').trim().replaceAll('--', '');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hash(main)} 'wasm-unsafe-eval'; worker-src blob:; style-src ${hash(css)}; base-uri 'none'; form-action 'none'`;
const packed = gzipSync(readFileSync(module), { level: 9 }).toString('base64');

mkdirSync(dirname(output), { recursive: true });
writeFileSync(
    output,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>schancfg</title>
<!-- Preact:
${licence}
-->
<style>${css}</style>
</head>
<body>
<div id="page"><p>This page needs JavaScript and WebAssembly.</p></div>
<script type="text/plain" id="worker">${worker}</script>
<script type="text/plain" id="module">${packed}</script>
<script>${main}</script>
</body>
</html>
`,
);
console.log(`${output}: ${readFileSync(output).length} bytes`);

// pictures.mjs PAGE FOLDER: the five views as pictures, light and dark, wide and narrow, to be looked at; and `page.webp`, which the README shows
// (lib/docs/pictures).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './driver.mjs';
import { Person } from './person.mjs';

const [page, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();

for (const [name, options] of Object.entries({ light: {}, dark: { dark: true }, narrow: { width: 360, height: 780 }, 'narrow-dark': { width: 360, height: 780, dark: true }, wide: { width: 2560, height: 1300 } })) {
    const person = await Person.with(await browser.open(page, options));
    const shoot = (view) => person.page.screenshot({ path: join(folder, `${name}-${view}.png`) });
    await person.release('windows-server-2012-r2');
    await shoot('start');
    await person.show('Settings');
    await person.template('strict');
    await shoot('settings');
    await person.page.locator('#cipher_suites').scrollIntoViewIfNeeded();
    await person.page.evaluate(() => document.getElementById('cipher_suites')?.scrollIntoView());
    await shoot('suites');
    await person.page.evaluate(() => document.getElementById('layers')?.scrollIntoView());
    await shoot('layers');
    await person.page.evaluate(() => scrollTo(0, 0));
    await person.show('Effect');
    await shoot('effect');
    await person.show('Doctor');
    await person.page.getByLabel('Client', { exact: true }).selectOption({ label: 'Windows Server 2012 R2 with your settings' });
    await person.page.getByLabel('Server', { exact: true }).selectOption({ label: 'OpenSSL 3 server' });
    await person.click('Find out');
    await shoot('doctor');
    await person.show('Take away');
    await shoot('take');
    await person.sheet.close();
}

const person = await Person.with(await browser.open(page, { width: 1240, height: 940 }));
await person.release('windows-server-2012-r2');
await person.show('Settings');
await person.template('strict');
await person.page.evaluate(() => document.activeElement?.blur());
const session = await person.sheet.context.newCDPSession(person.page);
const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
writeFileSync(join(folder, 'page.webp'), Buffer.from(data, 'base64'));
await browser.close();

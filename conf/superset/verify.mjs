// Opens a dashboard as a reader in headless Chromium, tab by tab, asks for every chart's data once
// more as administrator, and keeps a picture: the tabs below one another.
//
//   node verify.mjs <base URL> <slug> <picture.png> <Chromium>
//
// From the environment: SERVICELAKE_SUPERSET_READER_PASSWORD, SERVICELAKE_SUPERSET_ADMIN_PASSWORD.
// A chart without data is told as "EMPTY <uuid> <title>"; whether it may be is not judged here.
// Exit code 0: no chart is broken. 1: one is; each fault on its own line, "FAULT <what>".
import { writeFile } from 'node:fs/promises';

import { chromium } from 'playwright-core';

const WIDTH = 1680;
const HEIGHT = 1200;
const MARGIN = 40;
const PATIENCE_MS = 120_000;
const SETTLE_MS = 4_000;
const NO_DATA = /No results|No data|没有数据/i;
// A note is held like a chart, but has no title.
const CHART = '.dashboard-component-chart-holder:has(.header-title)';
const BROKEN = /Unexpected error|An error occurred/i;

const [baseUrl, slug, picture, executablePath] = process.argv.slice(2);
if (!executablePath) {
  console.error('Usage: verify.mjs <base URL> <slug> <picture.png> <Chromium>');
  process.exit(2);
}
const faults = [];

/** An API session of that user. */
async function session(request, username, password) {
  const answer = await request.post(`${baseUrl}/api/v1/security/login`, {
    data: { username, password, provider: 'db', refresh: false },
  });
  if (!answer.ok()) {
    throw new Error(`user ${username} is refused (HTTP ${answer.status()})`);
  }
  const { access_token: token } = await answer.json();
  return { Authorization: `Bearer ${token}` };
}

/** The tabs with their charts; a dashboard without tabs is one tab without a title. */
async function dashboardTabs(request, headers) {
  const answer = await request.get(`${baseUrl}/api/v1/dashboard/${slug}`, { headers });
  if (!answer.ok()) {
    throw new Error(`dashboard ${slug} is not there (HTTP ${answer.status()})`);
  }
  const nodes = Object.values(JSON.parse((await answer.json()).result.position_json));
  const charts = nodes
    .filter((node) => node.type === 'CHART')
    .map(({ meta, parents }) => ({
      id: meta.chartId, uuid: meta.uuid, name: meta.sliceName, parents,
    }));
  const tabs = nodes
    .filter((node) => node.type === 'TAB')
    .map(({ id, meta }) => ({
      title: meta.text, charts: charts.filter(({ parents }) => parents.includes(id)),
    }));
  return tabs.length > 0 ? tabs : [{ title: null, charts }];
}

async function logIn(page, username, password) {
  await page.goto(`${baseUrl}/login/`, { waitUntil: 'load' });
  await page.locator('input#username').fill(username);
  await page.locator('input#password').fill(password);
  await Promise.all([
    page.waitForURL((url) => !url.pathname.startsWith('/login'), { timeout: PATIENCE_MS }),
    page.locator('input#password').press('Enter'),
  ]);
}

/** Faults of one answer with chart data; rows of all its queries. */
function readAnswer(status, body) {
  const queries = Array.isArray(body?.result) ? body.result : [];
  if (status !== 200) {
    return { rows: 0, fault: `HTTP ${status}: ${JSON.stringify(body).slice(0, 300)}` };
  }
  const broken = queries.find((query) => query.error || query.status !== 'success');
  if (broken) {
    return { rows: 0, fault: broken.error ?? `status ${broken.status}` };
  }
  const rows = queries.map((query) => query.rowcount ?? query.data?.length ?? 0);
  const isEmpty = rows.length === 0 || rows.some((count) => count === 0) || isAllNull(queries);
  return { rows: rows.reduce((a, b) => a + b, 0), fault: null, isEmpty };
}

/** True if every value of every figure the query asked for is null. */
function isAllNull(queries) {
  return queries.some((query) => {
    const values = (query.data ?? []).flatMap((row) => Object.values(row));
    return values.length > 0 && values.every((value) => value === null);
  });
}

/** Shows a tab, waits until its charts are drawn, and returns what is wrong to see, by title. */
async function draw(page, tab, answers) {
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  if (tab.title !== null) {
    await page.locator('[role=tab]').filter({ hasText: tab.title }).first().click();
    await page.mouse.move(0, 0);
  }
  const drawn = await page
    .waitForFunction(
      ([selector, count]) => {
        const holders = [...document.querySelectorAll(selector)]
          .filter((holder) => holder.checkVisibility());
        return holders.length === count && holders.every((holder) => !holder.querySelector('.loading'));
      },
      [CHART, tab.charts.length],
      { timeout: PATIENCE_MS },
    )
    .catch(() => null);
  if (drawn === null) {
    faults.push(
      `not drawn in ${PATIENCE_MS / 1000} s: ${tab.charts.length} charts of ${tab.title ?? slug}`);
  }
  const end = Date.now() + PATIENCE_MS;
  while (!tab.charts.every(({ id }) => answers.has(id)) && Date.now() < end && drawn !== null) {
    await page.waitForTimeout(250);
  }
  // As tall as its charts reach: the picture is whole and nothing waits for scrolling.
  const height = await page.evaluate((selector) =>
    Math.max(...[...document.querySelectorAll(selector)]
      .filter((holder) => holder.checkVisibility())
      .map((holder) => holder.getBoundingClientRect().bottom)), CHART);
  await page.setViewportSize({ width: WIDTH, height: Math.ceil(height) + MARGIN });
  await page.waitForTimeout(SETTLE_MS);

  const shown = new Map();
  for (const holder of await page.locator(`${CHART}:visible`).all()) {
    const text = (await holder.innerText()).replace(/\s+/g, ' ');
    const title = (await holder.locator('.header-title').first().innerText()).trim();
    if (NO_DATA.test(text)) {
      shown.set(title, { isEmpty: true });
    } else if (
      BROKEN.test(text) || (await holder.locator('[role=alert], .ant-alert-error').count()) > 0
    ) {
      shown.set(title, { fault: `shows an error: ${text.slice(0, 300)}` });
    }
  }
  return shown;
}

/** What is wrong with a chart, or the rows it shows; the administrator has to see the same. */
async function judge(request, headers, seen, shown) {
  const fault = seen?.fault ?? shown?.fault ?? (!seen ? 'asked for no data' : null);
  if (fault) {
    return { fault };
  }
  const again = await request.post(`${baseUrl}/api/v1/chart/data`, {
    headers,
    data: { ...seen.payload, force: true },
  });
  const asAdmin = readAnswer(again.status(), await again.json());
  if (asAdmin.fault) {
    return { fault: `as administrator: ${asAdmin.fault}` };
  }
  if (asAdmin.rows !== seen.rows) {
    return { fault: `the reader saw ${seen.rows} rows, the administrator ${asAdmin.rows}` };
  }
  return { rows: seen.rows, isEmpty: seen.isEmpty || shown?.isEmpty === true };
}

/** Keeps the pictures of the tabs as one, below one another. */
async function keep(context, pictures) {
  if (pictures.length === 1) {
    await writeFile(picture, pictures[0]);
    return;
  }
  const page = await context.newPage();
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
  const images = pictures.map((png) =>
    `<img style="display:block" src="data:image/png;base64,${png.toString('base64')}">`);
  await page.setContent(`<body style="margin:0">${images.join('')}</body>`, { waitUntil: 'load' });
  await page.screenshot({ path: picture, fullPage: true });
}

const browser = await chromium.launch({
  executablePath,
  // Root cannot use Chromium's sandbox.
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
});
try {
  const context = await browser.newContext({
    viewport: { width: WIDTH, height: HEIGHT },
    deviceScaleFactor: 1,
    locale: 'en-US',
    colorScheme: 'light',
  });
  const admin = await session(
    context.request, 'admin', process.env.SERVICELAKE_SUPERSET_ADMIN_PASSWORD);
  const tabs = await dashboardTabs(context.request, admin);
  const ids = new Set(tabs.flatMap((tab) => tab.charts.map(({ id }) => id)));
  if (ids.size === 0) {
    throw new Error(`dashboard ${slug} has no charts`);
  }

  const page = await context.newPage();
  const answers = new Map();
  const pending = [];
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('response', (response) => {
    if (!response.url().includes('/api/v1/chart/data')) return;
    pending.push(
      (async () => {
        const payload = JSON.parse(response.request().postData() ?? '{}');
        const id = payload.form_data?.slice_id;
        if (!ids.has(id)) return; // the choices of a filter
        let body = null;
        try {
          body = await response.json();
        } catch {
          body = 'not JSON';
        }
        answers.set(id, { payload, ...readAnswer(response.status(), body) });
      })(),
    );
  });

  await logIn(page, 'reader', process.env.SERVICELAKE_SUPERSET_READER_PASSWORD);
  await page.goto(`${baseUrl}/superset/dashboard/${slug}/?standalone=2`, {
    waitUntil: 'domcontentloaded',
  });
  const pictures = [];
  try {
    for (const tab of tabs) {
      const shown = await draw(page, tab, answers);
      pictures.push(await page.screenshot());
      await Promise.all(pending);
      if (tab.title !== null) {
        console.log(` ${tab.title}`);
      }
      for (const { id, uuid, name } of tab.charts) {
        const result = await judge(context.request, admin, answers.get(id), shown.get(name));
        shown.delete(name);
        if (result.fault) {
          faults.push(`${name}: ${result.fault}`);
        } else {
          console.log(result.isEmpty ? `EMPTY ${uuid} ${name}` : `  ok  ${name}: ${result.rows} rows`);
        }
      }
      shown.forEach(({ fault }, title) => faults.push(`${title}: ${fault ?? 'is empty'}`));
    }
  } finally {
    if (pictures.length > 0) {
      await keep(context, pictures);
    }
  }
} catch (error) {
  faults.push(error.message.split('\n')[0]);
} finally {
  await browser.close();
}
faults.forEach((fault) => console.log(`FAULT ${fault.replace(/\s+/g, ' ')}`));
process.exit(faults.length === 0 ? 0 : 1);

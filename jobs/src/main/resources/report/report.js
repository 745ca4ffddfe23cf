(function () {
  "use strict";

  // ---- what is shown -------------------------------------------------------------------------
  const DATA = JSON.parse(document.getElementById("figures").textContent);
  const WORDS = JSON.parse(document.getElementById("words").textContent);
  const SILENT_ORDERS_DAYS = 7;
  const SILENT_CONTACTS_DAYS = 14;
  const FEW_JOBS = 30;
  const FEW_CASES = 5;
  const NOT_TRAINED = "not_trained";
  const PUT_IN_USE = "put_in_use";
  const NOISE_OF_AMOUNTS = 0.03;

  const rowsOf = (table) =>
    table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column.name, row[i]])));
  const T = {};
  for (const [name, part] of Object.entries(DATA)) {
    if (part && part.columns && part.rows) T[name] = rowsOf(part);
  }
  const DEALERS = T.dealers.map((dealer) => dealer.dealer_id);
  const KPI = Object.fromEntries(DATA.kpis.map((kpi) => [kpi.name, kpi]));
  const RATIOS = DATA.kpis.filter((kpi) => kpi.kind === "ratio");
  const THROUGHPUT = KPI[DATA.throughput];
  const CURRENCY = THROUGHPUT.unit.split(" ")[0];

  const state = readState();
  let charts = [];
  let waiting = 0;

  function readState() {
    const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const isZh = (given.lang || navigator.language || "en").startsWith("zh");
    const isDark = given.theme ? given.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    return {
      lang: isZh ? "zh" : "en",
      theme: isDark ? "dark" : "light",
      dealer: DEALERS.includes(given.dealer) ? given.dealer : "",
      kpi: given.kpi || "",
      printing: false,
    };
  }

  function keepState() {
    const kept = new URLSearchParams({ lang: state.lang, theme: state.theme });
    if (state.dealer) kept.set("dealer", state.dealer);
    if (state.kpi) kept.set("kpi", state.kpi);
    try {
      history.replaceState(null, "", "#" + kept);
    } catch (refused) {
      // The page works without a kept state.
    }
  }

  // ---- words and numbers ---------------------------------------------------------------------
  const w = (key, values) => {
    const text = WORDS[state.lang][key];
    return (text === undefined ? key : text).replace(/\{(\w+)}/g, (all, name) =>
      values && values[name] !== undefined ? values[name] : all
    );
  };
  const spoken = (code) => {
    const text = String(code).toLowerCase().split("_").map((part) => (part.length <= 2 || /\d/.test(part) ? part.toUpperCase() : part)).join(" ");
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const code = (kind, value) => {
    if (value === null || value === undefined || value === "") return w("none");
    const key = "code." + kind + "." + value;
    return WORDS[state.lang][key] || WORDS.en[key] || spoken(value);
  };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const label = (table, column) => {
    const heading = DATA[table].columns.find((one) => one.name === column);
    return heading[state.lang];
  };
  const nameOf = (kpi) => kpi[state.lang];
  const unitOf = (kpi) => WORDS[state.lang]["unit." + kpi.unit] ?? kpi.unit;
  const meaningOf = (kpi) => (state.lang === "zh" && WORDS.zh["meaning." + kpi.name]) || kpi.meaning;
  const currency = () => WORDS[state.lang]["unit." + CURRENCY] || CURRENCY;
  const locale = () => (state.lang === "zh" ? "zh-CN" : "en-US");
  const number = (value, digits = 0) =>
    value === null || value === undefined || !isFinite(value)
      ? w("none")
      : value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const compact = (value) => {
    if (Math.abs(value) < 10000) return number(value);
    if (state.lang === "zh") {
      return Math.abs(value) >= 1e8 ? number(value / 1e8, 2) + "亿" : number(value / 1e4, Math.abs(value) < 1e6 ? 1 : 0) + "万";
    }
    return Math.abs(value) >= 1e6 ? number(value / 1e6, Math.abs(value) < 1e8 ? 2 : 0) + " M" : number(value / 1e3, Math.abs(value) < 1e5 ? 1 : 0) + " k";
  };
  const compactAxis = (value) => compact(value).replace(/[.]0+(?=\D|$)/, "").replace(/([.]\d*?)0+(?=\D)/, "$1");
  const percent = (share, digits = 1) => (share === null || !isFinite(share) ? w("none") : number(100 * share, digits) + "%");
  const isShare = (kpi) => kpi.unit === "share" || kpi.unit === "complaints per repair order";
  const digitsOf = (kpi) => (kpi.unit === "complaints per repair order" ? 2 : 1);
  const figure = (kpi, value) => {
    if (value === null || value === undefined || !isFinite(value)) return w("none");
    if (isShare(kpi)) return percent(value, digitsOf(kpi));
    if (kpi.unit.startsWith(CURRENCY)) return number(value);
    if (kpi.unit === "customers") return number(value);
    return number(value, kpi.unit === "hours" ? 1 : 2);
  };
  const listed = (items) => (items.length ? items.join(state.lang === "zh" ? "、" : ", ") : w("say.trends.nothing"));
  const inBrackets = (text) => (state.lang === "zh" ? "\uff08" + text + "\uff09" : ` (${text})`);
  const day = (iso) => {
    if (!iso) return w("none");
    const date = new Date(iso + "T00:00:00Z");
    return date.toLocaleDateString(locale(), { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
  };
  const shortDay = (iso) =>
    new Date(iso + "T00:00:00Z").toLocaleDateString(locale(), { month: state.lang === "zh" ? "numeric" : "short", day: "numeric", timeZone: "UTC" });
  const month = (iso) =>
    new Date(iso + "T00:00:00Z").toLocaleDateString(locale(), { year: "2-digit", month: state.lang === "zh" ? "numeric" : "short", timeZone: "UTC" });
  const addDays = (iso, days) => new Date(Date.parse(iso + "T00:00:00Z") + days * 864e5).toISOString().slice(0, 10);
  const addMonths = (iso, months) => {
    const date = new Date(iso.slice(0, 7) + "-01T00:00:00Z");
    date.setUTCMonth(date.getUTCMonth() + months);
    return date.toISOString().slice(0, 10);
  };
  const monthEnd = (iso) => addDays(addMonths(iso, 1), -1);

  // ---- small sums ----------------------------------------------------------------------------
  const mine = (rows) => (state.dealer ? rows.filter((row) => row.dealer_id === state.dealer) : rows);
  /** Rows of tables that carry the whole group under an empty name, because their sums hide small counts. */
  const own = (rows) => rows.filter((row) => row.dealer_id === state.dealer);
  const total = (rows, column) => rows.reduce((sum, row) => sum + (row[column] || 0), 0);
  const groups = (rows, key) => {
    const found = new Map();
    for (const row of rows) {
      const at = typeof key === "function" ? key(row) : row[key];
      if (!found.has(at)) found.set(at, []);
      found.get(at).push(row);
    }
    return found;
  };
  const ratio = (kpi, rows) => {
    const [num, den] = kpi.columns.map((column) => total(rows, column));
    return { num, den, value: den ? num / den : null };
  };
  const yearOf = (kpi, isLast, rows) => ratio(kpi, rows.filter((row) => row.is_last_year === isLast));
  const hasYearBefore = () => DATA.dataFromOn && DATA.dataFromOn <= addDays(addMonths(DATA.asOf, -24), 7 + Number(DATA.asOf.slice(8)));

  /** Last twelve months against the twelve before: difference, and whether it is more than noise. */
  function change(kpi, rows) {
    const now = yearOf(kpi, true, rows);
    const before = yearOf(kpi, false, rows);
    if (!hasYearBefore() || !now.den || !before.den) return null;
    const difference = now.value - before.value;
    let isNoise = Math.abs(difference) < NOISE_OF_AMOUNTS * Math.abs(before.value);
    if (kpi.countsThings) {
      const pooled = (now.num + before.num) / (now.den + before.den);
      const error = Math.sqrt(Math.max(pooled * (1 - pooled), 1e-9) * (1 / now.den + 1 / before.den));
      isNoise = Math.abs(difference) < 2 * error;
    }
    const better = kpi.direction === "HIGHER" ? 1 : kpi.direction === "LOWER" ? -1 : 0;
    return {
      isNoise,
      mood: isNoise || !better ? "even" : difference * better > 0 ? "good" : "bad",
      text: isShare(kpi)
        ? signed(100 * difference, digitsOf(kpi)) + " " + w("points")
        : signed(before.value ? (100 * difference) / before.value : 0, 1) + "%",
    };
  }
  const signed = (value, digits) => {
    const size = number(Math.abs(value), digits);
    return (/[1-9]/.test(size) ? (value > 0 ? "+" : "−") : "±") + size;
  };

  function monthList(rows) {
    const found = rows.map((row) => row.month_on).sort();
    const list = [];
    for (let at = found[0]; at && at <= DATA.asOf; at = addMonths(at, 1)) list.push(at);
    return list;
  }
  const isUnfinished = (at) => monthEnd(at) > DATA.asOf;

  // ---- elements ------------------------------------------------------------------------------
  function el(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "onclick" || name === "onchange") element.addEventListener(name.slice(2), value);
      else if (name === "style") element.style.cssText = value;
      else element.setAttribute(name, value);
    }
    for (const child of children.flat(9)) {
      if (child !== null && child !== undefined && child !== false) {
        element.append(child.nodeType ? child : document.createTextNode(String(child)));
      }
    }
    return element;
  }

  /** A sentence whose *starred* parts stand out. */
  function sentence(...parts) {
    const gap = state.lang === "zh" ? "" : " ";
    const text = parts.filter(Boolean).join(gap);
    return el("p", { class: "say" }, text.split("*").map((part, i) => (i % 2 ? el("b", {}, part) : part)));
  }
  const plainText = (text) => text.replace(/\*/g, "");

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const legend = (...entries) =>
    el("div", { class: "legend" }, entries.map(([color, text]) => el("span", {}, el("i", { style: `background:${css(color)}` }), text)));

  function section(id, isEmpty, build) {
    const box = el("section", { id }, el("h2", {}, w("h." + id)));
    if (isEmpty) {
      box.append(el("div", { class: "empty" }, w("empty." + id)));
    } else {
      build(box);
    }
    return box;
  }

  // ---- charts --------------------------------------------------------------------------------
  function chart(height, says, option, onClick) {
    const box = el("div", { class: "chart", role: "img", "aria-label": says, style: `height:${height}px` });
    charts.push({ box, option, onClick });
    return box;
  }

  function mountCharts() {
    waiting = charts.length;
    if (!waiting) document.documentElement.dataset.ready = "true";
    for (const one of charts) {
      one.drawn = echarts.init(one.box, null, { renderer: "svg" });
      let isFirst = true;
      one.drawn.on("finished", () => {
        if (isFirst && --waiting === 0) document.documentElement.dataset.ready = "true";
        isFirst = false;
      });
      if (one.onClick) one.drawn.on("click", one.onClick);
      one.drawn.setOption(common(one.option(one.box.clientWidth)));
    }
  }

  function common(option) {
    return Object.assign(
      {
        animation: false,
        textStyle: { fontFamily: css("font"), color: css("soft"), fontSize: 12 },
        aria: { enabled: false },
      },
      option
    );
  }

  const axisText = () => ({ color: css("faint"), fontSize: 11.5 });
  const categories = (data, more) =>
    merge({ type: "category", data, axisLine: { lineStyle: { color: css("line") } }, axisTick: { show: false }, axisLabel: Object.assign(axisText(), { hideOverlap: true }) }, more);
  const values = (format, more) =>
    merge({ type: "value", axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: css("grid") } }, axisLabel: Object.assign(axisText(), { formatter: format }) }, more);
  const merge = (base, more) => {
    const made = Object.assign({}, base);
    for (const [name, value] of Object.entries(more || {})) {
      made[name] = value && typeof value === "object" && !Array.isArray(value) && made[name] ? Object.assign({}, made[name], value) : value;
    }
    return made;
  };

  /** A tooltip made of elements, so that no name is ever read as markup. */
  function tip(title, lines) {
    return el(
      "div",
      { style: "font-size:12.5px;line-height:1.55" },
      el("div", { style: "font-weight:600;margin-bottom:2px" }, title),
      lines.map(([color, name, value]) =>
        el(
          "div",
          { style: "display:flex;gap:14px;align-items:baseline" },
          el("span", { style: "flex:1" }, color ? el("i", { style: `display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:6px;background:${color}` }) : "", name),
          el("b", {}, value)
        )
      )
    );
  }
  const tooltip = (trigger, formatter) => ({
    trigger,
    formatter,
    confine: true,
    backgroundColor: css("card"),
    borderColor: css("line"),
    textStyle: { color: css("ink"), fontFamily: css("font") },
    extraCssText: "box-shadow:0 4px 16px rgba(0,0,0,.14);border-radius:8px;",
    axisPointer: { type: trigger === "axis" ? "shadow" : "line", shadowStyle: { color: css("hover"), opacity: 0.5 } },
  });
  const byAxis = (format, title) =>
    tooltip("axis", (points) =>
      tip(
        title ? title(points[0]) : points[0].name,
        points
          .filter((point) => point.value !== null && point.value !== undefined && point.seriesName)
          .map((point) => [point.color, point.seriesName, format(Array.isArray(point.value) ? point.value[1] : point.value, point)])
      )
    );

  // ---- headline ------------------------------------------------------------------------------
  function spark(kpi, seriesOf) {
    if (!T.months.length) return "";
    const months = monthList(T.months).slice(-24);
    return chart(40, nameOf(kpi), () => {
      const data = seriesOf(months);
      const target = kpi.target;
      return {
        grid: { left: 4, right: 6, top: 5, bottom: 4 },
        xAxis: { type: "category", show: false, data: months, boundaryGap: false },
        yAxis: { type: "value", show: false, scale: true },
        series: [
          {
            type: "line", data, symbol: "none", lineStyle: { color: css("blue"), width: 1.8 }, areaStyle: { color: css("blue"), opacity: 0.07 },
            markLine: target
              ? { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("amber"), type: [4, 3], width: 1.2 }, data: [{ yAxis: target }] }
              : undefined,
          },
          target ? { type: "line", data: months.map(() => target), symbol: "none", lineStyle: { opacity: 0 } } : null,
        ].filter(Boolean),
      };
    });
  }

  const monthsOf = (kpi, rows) => {
    const byMonth = groups(rows, "month_on");
    return (months) => months.map((at) => (byMonth.has(at) && !isUnfinished(at) ? ratio(kpi, byMonth.get(at)).value : null));
  };
  const sumsOf = (column, rows) => {
    const byMonth = groups(rows, "month_on");
    return (months) => months.map((at) => (byMonth.has(at) && !isUnfinished(at) ? total(byMonth.get(at), column) : null));
  };

  function sumTile(name, kpi, column, format, unit) {
    const rows = mine(T.years);
    const now = total(rows.filter((row) => row.is_last_year), column);
    const before = total(rows.filter((row) => !row.is_last_year), column);
    const growth = before && hasYearBefore() ? now / before - 1 : null;
    const mood = growth === null || Math.abs(growth) < 0.005 ? "even" : growth > 0 ? "good" : "bad";
    return el(
      "div",
      { class: "tile" },
      el("div", { class: "name" }, name),
      el("div", { class: "figure" }, rows.length ? format(now) : w("none"), unit ? el("small", {}, unit) : ""),
      el("div", { class: "notes" }, growth === null ? w("noYearBefore") : el("span", { class: mood }, w("yearBefore", { change: signed(100 * growth, 1) + "%" }))),
      el("div", { class: "spark" }, spark({ en: name, zh: name, target: null }, sumsOf(column, mine(T.months))))
    );
  }

  function ratioTile(kpi) {
    const rows = mine(T.years);
    const now = yearOf(kpi, true, rows).value;
    const moved = change(kpi, rows);
    return el(
      "div",
      { class: "tile", title: meaningOf(kpi) },
      el("div", { class: "name" }, nameOf(kpi)),
      el("div", { class: "figure" }, figure(kpi, now)),
      el(
        "div",
        { class: "notes" },
        kpi.target && now !== null ? el("div", { class: isMet(kpi, now) ? "good" : "bad" }, targetText(kpi, now)) : "",
        el("div", {}, moved ? el("span", { class: moved.mood }, w(moved.isNoise ? "withinNoise" : "yearBefore", { change: moved.text })) : w("noYearBefore"))
      ),
      el("div", { class: "spark" }, spark(kpi, monthsOf(kpi, mine(T.months))))
    );
  }
  const isMet = (kpi, value) => (kpi.direction === "LOWER" ? value <= kpi.target : value >= kpi.target);
  const targetText = (kpi, value) =>
    w(isMet(kpi, value) ? "targetMet" : "targetOff", { value: percent(kpi.target, 0), gap: number(100 * Math.abs(value - kpi.target), 1) });

  function baseTile() {
    const base = baseMonths();
    const year = base.slice(-12);
    const now = base.length ? base[base.length - 1].active : null;
    const before = base.length > 12 ? base[base.length - 13].active : null;
    const growth = before ? now / before - 1 : null;
    const gained = year.reduce((sum, one) => sum + one.new + one.regained, 0);
    const lost = year.reduce((sum, one) => sum + one.lost, 0);
    return el(
      "div",
      { class: "tile", title: w("foot.base") },
      el("div", { class: "name" }, w("tile.base")),
      el("div", { class: "figure" }, number(now)),
      el(
        "div",
        { class: "notes" },
        el("div", { class: gained >= lost ? "good" : "bad" }, base.length ? w("tile.base.note", { gained: number(gained), lost: number(lost) }) : ""),
        el("div", {}, growth === null ? w("noYearBefore") : w("yearBefore", { change: signed(100 * growth, 1) + "%" }))
      ),
      el(
        "div",
        { class: "spark" },
        spark({ en: w("tile.base"), zh: w("tile.base"), target: null }, (months) => {
          const byMonth = new Map(base.map((one) => [one.month, one.active]));
          return months.map((at) => (byMonth.has(at) ? byMonth.get(at) : null));
        })
      )
    );
  }

  function headline() {
    const currencyUnit = currency();
    return el(
      "div",
      { class: "strip", id: "top" },
      sumTile(w("tile.orders"), THROUGHPUT, THROUGHPUT.columns[1], number),
      sumTile(w("tile.revenue"), THROUGHPUT, THROUGHPUT.columns[0], compact, currencyUnit),
      ["on_time_rate", "first_time_fix_rate", "satisfaction_rate"].filter((name) => KPI[name]).map((name) => ratioTile(KPI[name])),
      baseTile()
    );
  }

  // ---- trends --------------------------------------------------------------------------------
  function trendsSection() {
    const rows = mine(T.months);
    return section("trends", !rows.length, (box) => {
      const yearRows = mine(T.years);
      const moved = RATIOS.map((kpi) => [kpi, change(kpi, yearRows)]);
      const named = (mood) => moved.filter(([, how]) => how && how.mood === mood).map(([kpi, how]) => `*${nameOf(kpi)}*` + inBrackets(how.text));
      const better = named("good");
      const worse = named("bad");
      const targets = RATIOS.filter((kpi) => kpi.target && yearOf(kpi, true, yearRows).den).map((kpi) => {
        const value = yearOf(kpi, true, yearRows).value;
        return w(isMet(kpi, value) ? "say.top.one.met" : "say.top.one.off", {
          name: nameOf(kpi), value: figure(kpi, value), target: percent(kpi.target, 0), gap: number(100 * Math.abs(value - kpi.target), 1),
        });
      });
      box.append(
        targets.length ? sentence(w("say.top.targets", { list: targets.join(state.lang === "zh" ? "\uff1b" : "; ") })) : "",
        sentence(hasYearBefore() ? w("say.trends", { better: listed(better), worse: listed(worse) }) : w("say.trends.noYear", { day: day(DATA.dataFromOn) })),
        el(
          "div",
          { class: "cols" },
          el("div", { class: "w6" }, el("h3", {}, w("chart.orders")), throughput(rows, THROUGHPUT.columns[1], "blue")),
          el("div", { class: "w6" }, el("h3", {}, w("chart.revenue", { currency: currency() })), throughput(rows, THROUGHPUT.columns[0], "teal"))
        ),
        monthList(rows).some(isUnfinished) ? el("p", { class: "foot", style: "margin-top:4px" }, w("unfinished")) : "",
        state.dealer ? el("div", { style: "margin-top:18px" }, legend(["blue", state.dealer], ["gray", w("group")])) : "",
        el("div", { class: "multiples" }, DATA.kpis.map((kpi) => multiple(kpi, rows, yearRows)))
      );
    });
  }

  function throughput(rows, column, color) {
    const months = monthList(T.months);
    const byMonth = groups(rows, "month_on");
    return chart(210, w("chart.orders"), () => ({
      grid: { left: 4, right: 16, top: 14, bottom: 4, containLabel: true },
      tooltip: byAxis((value) => number(value), (point) => month(months[point.dataIndex])),
      xAxis: categories(months.map(month)),
      yAxis: values(compactAxis, { splitNumber: 3 }),
      series: [
        {
          type: "bar", name: column === THROUGHPUT.columns[1] ? w("tile.orders") : w("tile.revenue"), barCategoryGap: "28%",
          data: months.map((at) => ({
            value: byMonth.has(at) ? total(byMonth.get(at), column) : 0,
            itemStyle: { color: css(color), opacity: isUnfinished(at) ? 0.35 : 0.85, borderRadius: [2, 2, 0, 0] },
          })),
        },
      ],
    }));
  }

  function multiple(kpi, rows, yearRows) {
    const isRatio = kpi.kind === "ratio";
    if (!isRatio && !state.dealer) return "";
    const months = monthList(T.months);
    const byMonth = groups(rows, "month_on");
    const ofAll = groups(T.months, "month_on");
    const seriesOf = (found) =>
      months.map((at) => {
        if (!found.has(at) || isUnfinished(at)) return null;
        return isRatio ? shownRatio(kpi, found.get(at)) : found.get(at)[0][kpi.columns[0]];
      });
    const data = seriesOf(byMonth);
    if (data.every((value) => value === null)) return "";
    const now = isRatio ? yearOf(kpi, true, yearRows).value : data.filter((value) => value !== null).slice(-1)[0];
    const moved = isRatio ? change(kpi, yearRows) : null;
    const shown = data.concat(isRatio && state.dealer ? seriesOf(ofAll) : [], kpi.target ? [kpi.target] : []).filter((value) => value !== null);
    const [low, high] = padded(Math.min(...shown), Math.max(...shown), kpi);
    return el(
      "div",
      { class: "multiple", title: meaningOf(kpi) },
      el("div", { class: "head" }, el("span", { class: "name" }, nameOf(kpi)), el("span", { class: "now" }, figure(kpi, now), unitOf(kpi) ? el("small", { class: "dim" }, " " + unitOf(kpi)) : "")),
      el(
        "div",
        { class: "delta" },
        !isRatio ? month(months[data.findLastIndex((value) => value !== null)]) : moved ? el("span", { class: moved.mood }, w(moved.isNoise ? "withinNoise" : "yearBefore", { change: moved.text })) : w("noYearBefore"),
        kpi.target ? el("span", { class: "dim" }, " · " + w("target", { value: isShare(kpi) ? percent(kpi.target, 0) : figure(kpi, kpi.target) })) : ""
      ),
      chart(112, nameOf(kpi), () => ({
        grid: { left: 44, right: 8, top: 8, bottom: 20 },
        tooltip: byAxis((value) => figure(kpi, value), (point) => month(months[point.dataIndex])),
        xAxis: categories(months.map(month), { boundaryGap: false, axisLabel: { interval: (i) => i === 0 || i === months.length - 1, showMinLabel: true, showMaxLabel: true, alignMinLabel: "left", alignMaxLabel: "right", hideOverlap: false } }),
        yAxis: values((value) => axisFigure(kpi, value, high - low), { min: low, max: high, interval: high - low, splitLine: { show: true, lineStyle: { color: css("grid") } } }),
        series: [
          isRatio && state.dealer ? { type: "line", name: w("group"), data: seriesOf(ofAll), symbol: "none", color: css("gray"), lineStyle: { width: 1.4, color: css("gray") } } : null,
          {
            type: "line", name: state.dealer || nameOf(kpi), data, symbol: data.includes(null) ? "circle" : "none", symbolSize: 4, color: css("blue"), lineStyle: { width: 2, color: css("blue") }, z: 3,
            markLine: kpi.target ? { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: css("amber"), type: [5, 3], width: 1.2 }, data: [{ yAxis: kpi.target }] } : undefined,
          },
        ].filter(Boolean),
      }))
    );
  }

  /** A month's ratio; null where a few cases would make it jump. */
  function shownRatio(kpi, rows) {
    const of = ratio(kpi, rows);
    return kpi.countsThings && of.den < FEW_CASES ? null : of.value;
  }

  /** Ends of a small axis that are round numbers and leave the line some air. */
  function padded(low, high, kpi) {
    const span = Math.max(high - low, Math.abs(high) * 0.04, 1e-6);
    const air = (span - (high - low)) / 2;
    low -= air;
    high += air;
    const step = Math.pow(10, Math.floor(Math.log10(span))) / 2;
    let from = Math.floor((low - span * 0.08) / step) * step;
    let to = Math.ceil((high + span * 0.08) / step) * step;
    if (low + air >= 0) from = Math.max(0, from);
    if (kpi.unit === "share") to = Math.min(1, Math.max(to, high));
    return [from, to];
  }
  function axisFigure(kpi, value, span) {
    if (isShare(kpi)) return number(100 * value, span < 0.02 ? 1 : 0) + "%";
    return span >= 20 ? compactAxis(value) : number(value, span < 1 ? 2 : 1);
  }

  // ---- base health ---------------------------------------------------------------------------
  function baseMonths(dealer) {
    const rows = dealer === undefined ? mine(T.base) : T.base.filter((row) => row.dealer_id === dealer);
    const byMonth = groups(rows, "month_on");
    return monthList(rows).map((at) => {
      const found = byMonth.get(at) || [];
      return {
        month: at, new: total(found, "new_count"), regained: total(found, "regained_count"), lost: total(found, "lost_count"),
        active: total(found, "active_count"), isUnfinished: isUnfinished(at),
      };
    });
  }
  const net = (one) => one.new + one.regained - one.lost;

  function baseSection() {
    const base = baseMonths();
    return section("base", !base.length, (box) => {
      const whole = base.filter((one) => !one.isUnfinished).slice(-6);
      const bad = whole.filter((one) => net(one) < 0).length;
      const worst = state.dealer
        ? []
        : DEALERS.map((dealer) => [dealer, baseMonths(dealer).filter((one) => !one.isUnfinished).slice(-6).filter((one) => net(one) < 0).length])
            .filter(([, n]) => n >= 3)
            .sort((a, b) => b[1] - a[1])
            .slice(0, 3);
      box.append(
        sentence(
          bad ? w("say.base.lost", { n: bad, m: whole.length }) : w("say.base.never", { m: whole.length }),
          worst.length ? w("say.base.dealers", { list: listed(worst.map(([dealer, n]) => w("say.base.dealer", { dealer, n, m: whole.length }))) }) : ""
        )
      );
      const months = base.map((one) => one.month);
      const left = el(
        "div",
        { class: state.dealer ? "" : "w6" },
        el("h3", {}, w("chart.active")),
        chart(150, w("chart.active"), () => ({
          grid: { left: 48, right: 10, top: 12, bottom: 8 },
          tooltip: byAxis((value) => number(value), (point) => month(months[point.dataIndex])),
          xAxis: categories(months.map(month), { axisLabel: { show: false } }),
          yAxis: values(compactAxis, { scale: true, splitNumber: 3 }),
          series: [{ type: "line", name: label("base", "active_count"), data: base.map((one) => one.active), symbol: "none", color: css("blue"), lineStyle: { width: 2.2 }, areaStyle: { opacity: 0.08 } }],
        })),
        el("h3", { style: "margin-top:10px" }, w("chart.flows")),
        legend(["teal", label("base", "new_count")], ["blue", label("base", "regained_count")], ["coral", label("base", "lost_count")], ["ink", w("chart.net")]),
        chart(230, w("chart.flows"), () => ({
          grid: { left: 48, right: 10, top: 8, bottom: 24 },
          tooltip: byAxis((value) => number(Math.abs(value)), (point) => month(months[point.dataIndex])),
          xAxis: categories(months.map(month), { axisLine: { onZero: true, lineStyle: { color: css("gray") } }, axisLabel: { margin: 8 }, position: "bottom", offset: 0 }),
          yAxis: values((value) => number(Math.abs(value))),
          series: [
            { type: "bar", stack: "flow", name: label("base", "new_count"), color: css("teal"), data: base.map((one) => one.new), barCategoryGap: "30%" },
            { type: "bar", stack: "flow", name: label("base", "regained_count"), color: css("blue"), data: base.map((one) => one.regained) },
            { type: "bar", stack: "flow", name: label("base", "lost_count"), color: css("coral"), data: base.map((one) => -one.lost) },
            { type: "line", name: w("chart.net"), color: css("ink"), data: base.map(net), symbol: "circle", symbolSize: 5, lineStyle: { width: 1.4 } },
          ].map((series) => (series.type === "bar" ? Object.assign(series, { itemStyle: { opacity: 0.88 } }) : series)),
          // The axis labels stay at the bottom although bars go below zero.
        }))
      );
      box.append(el("div", { class: "cols" }, left, state.dealer ? "" : el("div", { class: "w6" }, el("h3", {}, w("chart.baseDealers")), el("div", { class: "scroll", style: "margin-top:8px" }, baseMatrix()))));
      box.append(definitionsTable(), el("p", { class: "foot" }, w("foot.base")));
    });
  }

  /** Whole periods in a row, up to the last, in which new made up for lost; a missing one ends them. */
  function newCoversRun(rows) {
    const periods = [...groups(rows, "month_on")].sort((a, b) => (a[0] < b[0] ? 1 : -1));
    const index = (at) => 12 * Number(at.slice(0, 4)) + Number(at.slice(5, 7));
    const ends = periods.findIndex(([at, found], i) => total(found, "new_count") < total(found, "lost_count") || (i > 0 && index(periods[i - 1][0]) - index(at) > rows[0].period_months));
    return ends < 0 ? periods.length : ends;
  }

  /** The base by each definition of lost: twelve months, or three whole years. */
  function definitionsTable() {
    const rows = [...groups(mine(T.definitions), "definition")].map(([definition, found]) => {
      const periods = [...groups(found, "month_on")].sort((a, b) => (a[0] < b[0] ? -1 : 1)).slice(found[0].period_months === 12 ? -3 : -12).map(([, one]) => ({
        active: total(one, "active_count"), new: total(one, "new_count"), gained: total(one, "new_count") + total(one, "regained_count"), lost: total(one, "lost_count"),
      }));
      const add = (part) => periods.reduce((sum, one) => sum + one[part], 0);
      return {
        definition, isYear: found[0].period_months === 12, n: periods.length, healthy: periods.filter((one) => one.gained >= one.lost).length, covered: periods.filter((one) => one.new >= one.lost).length, run: newCoversRun(found),
        active: periods.length ? periods[periods.length - 1].active : 0, gained: add("gained"), lost: add("lost"),
      };
    });
    if (!rows.length) return "";
    return el(
      "div",
      { class: "scroll" },
      el("h3", {}, w("chart.definitions")),
      el(
        "table",
        {},
        el("tr", {}, el("th", {}, w("col.definition")), el("th", { class: "n" }, w("col.active")), el("th", { class: "n" }, w("col.gained")), el("th", { class: "n" }, w("col.lost")), el("th", { class: "n" }, w("col.healthy")), el("th", { class: "n" }, w("col.newCovers")), el("th", { class: "n" }, w("col.inARow"))),
        rows.map((one) =>
          el("tr", {}, el("td", { class: "wrap" }, code("definition", one.definition)), el("td", { class: "n" }, number(one.active)), el("td", { class: "n" }, number(one.gained)), el("td", { class: "n" }, number(one.lost)), el("td", { class: "n" }, w(one.isYear ? "ofYears" : "ofMonths", { n: one.healthy, m: one.n })), el("td", { class: "n" }, w(one.isYear ? "ofYears" : "ofMonths", { n: one.covered, m: one.n })), el("td", { class: "n" }, number(one.run)))
        )
      )
    );
  }

  function baseMatrix() {
    const months = monthList(T.base).filter((at) => !isUnfinished(at)).slice(-12);
    const rows = DEALERS.map((dealer) => [dealer, new Map(baseMonths(dealer).map((one) => [one.month, one]))]).filter(([, found]) => found.size);
    return el(
      "table",
      { class: "heat" },
      el("tr", {}, el("th", { class: "row" }), months.map((at) => el("th", {}, new Date(at + "T00:00:00Z").toLocaleDateString(locale(), { month: state.lang === "zh" ? "numeric" : "narrow", timeZone: "UTC" }).replace("月", "")))),
      rows.slice(0, 24).map(([dealer, found]) =>
        el(
          "tr",
          {},
          el("td", { class: "row pick", onclick: () => pick(dealer) }, dealer),
          months.map((at) => {
            const one = found.get(at);
            if (!one) return el("td", {}, "");
            const share = one.active ? net(one) / one.active : 0;
            return el("td", { style: tint(Math.max(-1, Math.min(1, share / 0.03))), title: month(at) }, signedPlain(net(one)));
          })
        )
      )
    );
  }
  const signedPlain = (value) => (value < 0 ? "−" : value > 0 ? "+" : "") + Math.abs(value);
  const tint = (at) => `background:color-mix(in srgb, ${at < 0 ? css("coral") : css("teal")} ${Math.round(8 + 62 * Math.abs(at))}%, ${css("card")});` + (Math.abs(at) > 0.72 && state.theme === "light" ? "color:#fff" : "");

  // ---- segments ------------------------------------------------------------------------------
  function segmentsSection() {
    const rows = own(T.core);
    return section("segments", !rows.length, (box) => {
      const parts = (which) => ({ customers: total(rows.filter(which), "customers_count"), spend: total(rows.filter(which), "net_24m_amount") });
      const core = parts((row) => row.is_core === true);
      const general = parts((row) => row.is_core === false);
      const customers = core.customers + general.customers;
      const spend = core.spend + general.spend;
      if (customers) box.append(sentence(w("say.segments", { share: percent(core.customers / customers), n: number(customers), spend: percent(spend ? core.spend / spend : null) })));
      const shares = [
        [w("row.spend"), spend ? core.spend / spend : 0],
        [w("row.customers"), customers ? core.customers / customers : 0],
      ];
      const clusters = own(T.clusters).map((row) => ({
        name: row["cluster_label_" + state.lang] || row.cluster_label_en || w("none"), n: row.customers_count,
        mean: row.net_24m_amount === null ? null : row.net_24m_amount / row.customers_count, core: row.core_count / row.customers_count,
      }));
      clusters.sort((a, b) => (b.mean || 0) - (a.mean || 0) || b.n - a.n);
      const most = Math.max(...clusters.map((one) => one.n), 1);
      const dearest = Math.max(...clusters.map((one) => one.mean || 0), 1);
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w5" },
            el("h3", {}, w("chart.core")),
            legend(["blue", w("row.core")], ["gray-pale", w("row.general")]),
            chart(130, w("chart.core"), () => ({
              grid: { left: 4, right: 8, top: 4, bottom: 4, containLabel: true },
              tooltip: byAxis((value) => percent(value)),
              xAxis: values((value) => percent(value, 0), { max: 1, splitLine: { show: false }, axisLabel: { show: false } }),
              yAxis: categories(shares.map(([name]) => name), { axisLine: { show: false }, axisLabel: { fontSize: 13, color: css("soft") } }),
              series: [
                { type: "bar", stack: "all", name: w("row.core"), color: css("blue"), barWidth: 26, data: shares.map(([, share]) => share), label: { show: true, position: "inside", color: css("card"), fontWeight: 600, formatter: (point) => (point.value > 0.08 ? percent(point.value, 0) : "") } },
                { type: "bar", stack: "all", name: w("row.general"), color: css("gray-pale"), data: shares.map(([, share]) => 1 - share), label: { show: true, position: "inside", color: css("soft"), formatter: (point) => percent(point.value, 0) } },
              ],
            }))
          ),
          el(
            "div",
            { class: "w7" },
            el("h3", {}, w("chart.clusters")),
            el(
              "div",
              { class: "scroll" },
              el(
                "table",
                {},
                el("tr", {}, el("th", {}, w("col.cluster")), el("th", {}, ""), el("th", { class: "n" }, w("col.customers")), el("th", {}, ""), el("th", { class: "n" }, w("col.mean", { currency: currency() })), el("th", { class: "n" }, w("col.coreShare"))),
                clusters.map((one) =>
                  el("tr", {}, el("td", { class: "wrap" }, one.name), barCell([[one.n / most, "blue"]]), el("td", { class: "n" }, number(one.n)), barCell([[(one.mean || 0) / dearest, "teal"]]), el("td", { class: "n" }, number(one.mean)), el("td", { class: "n" }, percent(one.core, 0)))
                )
              )
            )
          )
        ),
        el("div", { class: "cols" }, flowsColumn(), coreDealersColumn()),
        el("div", { class: "cols" }, tiersColumn(), traitsColumn(), statesColumn()),
        el("p", { class: "foot" }, w("foot.segments"))
      );
    });
  }

  /** Promotions above zero, demotions below; the month that lasts is left out. */
  function flowsColumn() {
    const rows = mine(T.flows).filter((row) => !isUnfinished(row.month_on));
    if (!rows.length) return "";
    const months = monthList(rows);
    const byMonth = groups(rows, "month_on");
    const moved = (from, to) => months.map((at) => total((byMonth.get(at) || []).filter((row) => row.from_segment === from && row.to_segment === to), "customers_count"));
    return el(
      "div",
      { class: "w6" },
      el("h3", {}, w("chart.segmentFlows")),
      legend(["teal", w("row.promoted")], ["coral", w("row.demoted")]),
      chart(200, w("chart.segmentFlows"), () => ({
        grid: { left: 40, right: 10, top: 8, bottom: 24 },
        tooltip: byAxis((value) => number(Math.abs(value)), (point) => month(months[point.dataIndex])),
        xAxis: categories(months.map(month)),
        yAxis: values((value) => number(Math.abs(value))),
        series: [
          { type: "bar", stack: "flow", name: w("row.promoted"), color: css("teal"), data: moved("GENERAL", "CORE") },
          { type: "bar", stack: "flow", name: w("row.demoted"), color: css("coral"), data: moved("CORE", "GENERAL").map((n) => -n) },
        ],
      }))
    );
  }

  /** Core share of each dealer at the end of the last whole month. */
  function coreDealersColumn() {
    const rows = mine(T.flows).filter((row) => !isUnfinished(row.month_on));
    const last = rows.map((row) => row.month_on).sort().pop();
    const shares = [...groups(rows.filter((row) => row.month_on === last), "dealer_id")]
      .map(([dealer, found]) => ({ dealer, n: total(found, "scored_count"), core: total(found, "core_count") }))
      .filter((one) => one.n >= FEW_CASES)
      .sort((a, b) => b.core / b.n - a.core / a.n)
      .slice(0, 24);
    if (!shares.length) return "";
    const most = Math.max(...shares.map((one) => one.core / one.n), 0.01);
    return el(
      "div",
      { class: "w6" },
      el("h3", {}, w("chart.coreShare", { month: month(last) })),
      el(
        "div",
        { class: "scroll" },
        el(
          "table",
          {},
          el("tr", {}, el("th", {}, w("col.dealer")), el("th", {}, ""), el("th", { class: "n" }, w("col.coreShare")), el("th", { class: "n" }, w("col.customers"))),
          shares.map((one) =>
            el("tr", {}, el("td", {}, one.dealer), barCell([[one.core / one.n / most, "blue"]]), el("td", { class: "n" }, percent(one.core / one.n)), el("td", { class: "n" }, number(one.n)))
          )
        )
      )
    );
  }

  function tiersColumn() {
    const rows = own(T.tiers).filter((row) => row.value_tier);
    if (!rows.length) return "";
    const spend = total(rows, "net_24m_amount");
    const margin = (row) => (row.customers_count < FEW_CASES ? w("few") : row.margin_36m_amount === null ? w("none") : compact(row.margin_36m_amount));
    return el(
      "div",
      { class: "w4" },
      el("h3", {}, w("chart.tiers")),
      el(
        "table",
        {},
        el("tr", {}, el("th", {}, w("col.tier")), el("th", { class: "n" }, w("col.customers")), el("th", { class: "n" }, w("col.shareOfSpend")), el("th", { class: "n" }, label("tiers", "margin_36m_amount")), el("th", { class: "n" }, w("col.coreShare"))),
        rows.map((row) =>
          el("tr", {}, el("td", {}, row.value_tier), el("td", { class: "n" }, number(row.customers_count)), el("td", { class: "n" }, row.net_24m_amount === null ? w("few") : percent(spend ? row.net_24m_amount / spend : null, 0)), el("td", { class: "n" }, margin(row)), el("td", { class: "n" }, percent(row.core_count / row.customers_count, 0)))
        )
      )
    );
  }

  /** Means of the five traits, core beside general. */
  function traitsColumn() {
    const rows = own(T.traits);
    if (!rows.length) return "";
    const traits = ["spend_score", "vehicle_score", "proximity_score", "loyalty_score", "participation_score"];
    const mean = (isCore, trait) => {
      const found = rows.find((row) => row.is_core === isCore);
      return found && found[trait] !== null ? number(found[trait], 2) : w("few");
    };
    return el(
      "div",
      { class: "w4" },
      el("h3", {}, w("chart.traits")),
      el(
        "table",
        {},
        el("tr", {}, el("th", {}, w("col.trait")), el("th", { class: "n" }, w("row.core")), el("th", { class: "n" }, w("row.general"))),
        traits.map((trait) => el("tr", {}, el("td", {}, label("traits", trait)), el("td", { class: "n" }, mean(true, trait)), el("td", { class: "n" }, mean(false, trait))))
      )
    );
  }

  /** Customers by the state of the service clock, with the group and with their dealer. */
  function statesColumn() {
    const rows = mine(T.states).filter((row) => row.state);
    if (!rows.length) return "";
    const states = ["NEW", "ACTIVE", "DUE", "OVERDUE", "INACTIVE", "LOST", "EXITED"];
    const counted = (part) => new Map([...groups(rows, part)].map(([value, found]) => [value, total(found, "customers_count")]));
    const group = counted("state");
    const dealer = counted("dealer_state");
    return el(
      "div",
      { class: "w4" },
      el("h3", {}, w("chart.states")),
      el(
        "table",
        {},
        el("tr", {}, el("th", {}, w("col.state")), el("th", { class: "n" }, w("col.withGroup")), el("th", { class: "n" }, w("col.withDealer"))),
        states.map((one) => el("tr", {}, el("td", {}, capital(code("clock", one))), el("td", { class: "n" }, number(group.get(one) || 0)), el("td", { class: "n" }, number(dealer.get(one) || 0))))
      )
    );
  }
  const barCell = (parts) => el("td", {}, el("div", { class: "bar" }, parts.map(([share, color]) => el("i", { style: `width:${(100 * share).toFixed(2)}%;background:${css(color)}` }))));

  // ---- reasons -------------------------------------------------------------------------------
  function reasonsSection() {
    const rows = own(T.reasons);
    return section("reasons", !rows.length, (box) => {
      const reasons = [...groups(rows, "reason_code_1")]
        .map(([reason, found]) => ({ reason, n: total(found, "customers_count"), held: total(found, "held_count"), spend: found[0].spend_at_risk_amount }))
        .sort((a, b) => a.n - b.n);
      const n = total(rows, "customers_count");
      const top = reasons[reasons.length - 1];
      box.append(
        sentence(
          w("say.reasons", {
            n: number(n), spend: w(rows.some((row) => row.spend_at_risk_amount === null) ? "moreThan" : "exactly", { value: compact(total(rows, "spend_at_risk_amount")) }), currency: currency(), reason: code("reason", top.reason), share: percent(top.n / n, 0), held: number(total(rows, "held_count")),
          })
        )
      );
      const names = reasons.map((one) => capital(code("reason", one.reason)));
      const height = 40 + 30 * reasons.length;
      const across = (title, format, series, showNames) =>
        chart(height, title, () => ({
          grid: { left: showNames ? 4 : 8, right: 52, top: 2, bottom: 4, containLabel: true },
          tooltip: byAxis(format),
          xAxis: values(compact, { splitNumber: 4, axisLabel: { show: false }, splitLine: { show: false } }),
          yAxis: categories(names, { axisLine: { show: false }, axisLabel: { fontSize: 13, color: css("soft") } }),
          series,
        }));
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w6" },
            el("h3", {}, w("chart.reasons")),
            legend(["coral", w("col.contactable")], ["gray", w("col.held")]),
            across(
              w("chart.reasons"), (value) => number(value),
              [
                { type: "bar", stack: "n", name: w("col.contactable"), color: css("coral"), barWidth: 16, data: reasons.map((one) => one.n - one.held) },
                { type: "bar", stack: "n", name: w("col.held"), color: css("gray"), data: reasons.map((one) => one.held), label: { show: true, position: "right", color: css("soft"), formatter: (point) => number(reasons[point.dataIndex].n) } },
              ],
              true
            )
          ),
          el(
            "div",
            { class: "w6" },
            el("h3", {}, w("chart.spend", { currency: currency() })),
            legend(["gold", label("reasons", "spend_at_risk_amount")]),
            across(
              w("chart.spend", { currency: currency() }), (value) => number(value),
              [{ type: "bar", name: label("reasons", "spend_at_risk_amount"), color: css("gold"), barWidth: 16, data: reasons.map((one) => one.spend || 0), label: { show: true, position: "right", color: css("soft"), formatter: (point) => (reasons[point.dataIndex].spend === null ? w("few") : compact(point.value)) } }],
              true
            )
          )
        ),
        campaignTable(),
        fairnessTable(),
        el("p", { class: "foot" }, w("foot.reasons"))
      );
    });
  }
  function campaignTable() {
    const rows = T.campaigns;
    const points = (value) => (value === null ? w("none") : number(100 * value, 1));
    const lift = (row) => (row.visit_lift_lower === null ? points(row.visit_lift) : [el("b", {}, points(row.visit_lift)), el("span", { class: "dim" }, ` [${points(row.visit_lift_lower)}, ${points(row.visit_lift_upper)}]`)]);
    const badge = (verdict) => el("span", { class: "badge " + (verdict === "EFFECT" ? "good" : verdict === "ADVERSE_EFFECT" ? "bad" : "even") }, code("campaignVerdict", verdict));
    return rows.length
      ? el(
          "div",
          { class: "scroll" },
          el("h3", {}, w("chart.campaigns")),
          el(
            "table",
            {},
            el("tr", {}, el("th", {}, label("campaigns", "campaign_id")), el("th", {}, label("campaigns", "window_until_on")), ["offer_count", "hold_out_count"].map((name) => el("th", { class: "n" }, label("campaigns", name))), el("th", { class: "n" }, w("col.smallestLift")), el("th", { class: "n" }, w("col.visitLift")), el("th", {}, label("campaigns", "verdict"))),
            rows.map((row) => el("tr", {}, el("td", {}, row.campaign_id === "ALL" ? w("campaign.all") : row.campaign_id), el("td", {}, row.window_until_on), el("td", { class: "n" }, number(row.offer_count)), el("td", { class: "n" }, number(row.hold_out_count)), el("td", { class: "n" }, points(row.smallest_lift)), el("td", { class: "n" }, lift(row)), el("td", {}, badge(row.verdict))))
          )
        )
      : "";
  }

  /** Groups that are held against like customers of the others, and which of them are flagged. */
  function fairnessTable() {
    const rows = T.fairness;
    const flags = (text, attribute) => (text ? text.split(", ").map((group) => el("span", { class: "badge bad" }, attribute === "MODEL" ? group : code("group", group))) : w("none"));
    return rows.length
      ? el(
          "div",
          { class: "scroll" },
          el("h3", {}, w("chart.fairness", { campaign: rows[0].campaign_id })),
          el(
            "table",
            {},
            el("tr", {}, el("th", {}, w("col.attribute")), el("th", { class: "n" }, label("fairness", "groups_count")), el("th", {}, label("fairness", "discount_flags")), el("th", {}, label("fairness", "share_flags"))),
            rows.map((row) => el("tr", {}, el("td", {}, code("attribute", row.attribute)), el("td", { class: "n" }, number(row.groups_count)), el("td", { class: "wrap" }, flags(row.discount_flags, row.attribute)), el("td", { class: "wrap" }, flags(row.share_flags, row.attribute))))
          )
        )
      : "";
  }

  // ---- due load ------------------------------------------------------------------------------
  function dueSection() {
    const rows = mine(T.dues);
    return section("due", !rows.length, (box) => {
      const ahead = rows.filter((row) => !row.is_overdue);
      const soonUntil = addDays(DATA.asOf, 28);
      const soonRows = ahead.filter((row) => row.due_week_on <= soonUntil);
      const overdue = total(rows.filter((row) => row.is_overdue), "vehicles_count");
      const weeksAhead = [...groups(ahead, "due_week_on")].map(([week, found]) => [week, total(found, "vehicles_count")]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      box.append(
        sentence(
          weeksAhead.length
            ? w("say.due", { soon: number(total(soonRows, "vehicles_count")), overdue: number(overdue), week: day(weeksAhead[0][0]), most: number(weeksAhead[0][1]) })
            : w("say.due.past", { overdue: number(overdue) })
        )
      );
      const weeks = [];
      const found = rows.map((row) => row.due_week_on).sort();
      for (let at = found[0]; at <= found[found.length - 1]; at = addDays(at, 7)) weeks.push(at);
      const kinds = ["TIME", "DISTANCE", "RHYTHM"].filter((kind) => rows.some((row) => row.due_by === kind)).concat([...new Set(rows.map((row) => row.due_by))].filter((kind) => !["TIME", "DISTANCE", "RHYTHM"].includes(kind)).sort());
      const colors = ["blue", "teal", "violet", "gray"];
      const at = (week, kind, isOverdue) => total(rows.filter((row) => row.due_week_on === week && row.due_by === kind && row.is_overdue === isOverdue), "vehicles_count");
      const today = weeks.filter((week) => week <= DATA.asOf).length - 1;
      box.append(
        legend(...kinds.map((kind, i) => [colors[Math.min(i, 3)], code("dueBy", kind)])),
        chart(250, w("chart.due"), () => ({
          grid: { left: 44, right: 12, top: 26, bottom: 26 },
          tooltip: tooltip("axis", (points) =>
            tip(
              shortDay(weeks[points[0].dataIndex]) + " – " + shortDay(addDays(weeks[points[0].dataIndex], 6)),
              points.filter((point) => point.value).map((point) => [point.color, point.seriesName + (point.seriesIndex < kinds.length ? " · " + w("overdue") : ""), number(point.value)])
            )
          ),
          xAxis: categories(weeks.map(shortDay)),
          yAxis: values(compactAxis, { splitNumber: 4, minInterval: 1 }),
          series: [true, false].flatMap((isOverdue) =>
            kinds.map((kind, i) => ({
              type: "bar", stack: "due", name: code("dueBy", kind), color: css(colors[Math.min(i, 3)]), itemStyle: { opacity: isOverdue ? 0.38 : 0.9 }, barCategoryGap: "22%",
              data: weeks.map((week) => at(week, kind, isOverdue)),
              markLine: !isOverdue && i === 0 && today >= 0
                ? { silent: true, symbol: "none", lineStyle: { color: css("ink"), width: 1, type: [3, 3] }, label: { formatter: shortDay(DATA.asOf), color: css("soft"), position: "end", fontSize: 11.5 }, data: [{ xAxis: today }] }
                : undefined,
            }))
          ),
        }))
      );
    });
  }

  // ---- components ----------------------------------------------------------------------------
  function componentsSection() {
    const rows = mine(T.components);
    return section("components", !rows.length, (box) => {
      const components = [...groups(rows, "component_code")]
        .map(([name, found]) => {
          const expected = total(found, "expected_repairs_90d_count");
          return { name, expected, naive: total(found, "naive_repairs_90d_count"), upper: expected + Math.sqrt(total(found, "spread_squared")), vehicles: total(found, "vehicles_count"), done: total(found, "repairs_12m_count") };
        })
        .sort((a, b) => a.expected - b.expected)
        .slice(-16);
      const standing = components.filter((one) => one.expected >= 1 && one.expected / one.naive > 1.05).sort((a, b) => b.expected - b.naive - (a.expected - a.naive))[0];
      const top = standing || components[components.length - 1];
      const named = { name: code("component", top.name), expected: number(top.expected), naive: number(top.naive), upper: number(Math.ceil(top.upper)) };
      box.append(sentence(w(standing ? "say.components" : "say.components.even", named)));
      const spots = T.weakSpots.filter((row) => row.dealer_id === state.dealer).sort((a, b) => a.order_no - b.order_no);
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: spots.length ? "w7" : "" },
            el("h3", {}, w("chart.components")),
            el("p", { class: "sub" }, w("chart.components.sub")),
            chart(34 + 27 * components.length, w("chart.components"), () => ({
              grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
              tooltip: tooltip("item", (point) => {
                const one = components[point.dataIndex];
                return tip(code("component", one.name), [
                  [css("blue"), w("expected"), number(one.expected, 1)], [css("blue-pale"), w("upper"), number(one.upper, 1)], [css("ink"), w("baseRate"), number(one.naive, 1)],
                  ["", label("components", "repairs_12m_count"), number(one.done)], ["", label("components", "vehicles_count"), number(one.vehicles)],
                ]);
              }),
              xAxis: values(compactAxis, { splitNumber: 4, min: 0 }),
              yAxis: categories(components.map((one) => code("component", one.name)), { axisLine: { show: false }, axisLabel: { fontSize: 12.5, color: css("soft") } }),
              series: [
                { type: "bar", data: components.map((one) => one.upper), barWidth: 13, itemStyle: { color: css("blue-pale"), borderRadius: [0, 3, 3, 0] }, label: { show: true, position: "right", color: css("soft"), distance: 9, formatter: (point) => number(Math.ceil(point.value)) } },
                { type: "bar", data: components.map((one) => one.expected), barWidth: 13, barGap: "-100%", itemStyle: { color: css("blue") } },
                { type: "scatter", data: components.map((one) => one.naive), symbol: "rect", symbolSize: [2.5, 21], itemStyle: { color: css("ink") }, z: 5 },
              ],
            }))
          ),
          spots.length
            ? el(
                "div",
                { class: "w5" },
                el("h3", {}, w("chart.weak")),
                el(
                  "div",
                  { class: "scroll" },
                  el(
                    "table",
                    {},
                    el("tr", {}, el("th", {}, w("col.model")), el("th", {}, w("col.component")), el("th", { class: "n" }, w("col.expected")), el("th", { class: "n" }, w("col.base")), el("th", { class: "n" }, w("col.ratio"))),
                    spots.map((row) =>
                      el(
                        "tr",
                        {},
                        el("td", {}, row.model), el("td", {}, code("component", row.component_code)), el("td", { class: "n" }, number(row.expected_repairs_90d_count, 1)), el("td", { class: "n dim" }, number(row.naive_repairs_90d_count, 1)),
                        el("td", { class: "n" }, "× " + number(row.expected_repairs_90d_count / row.naive_repairs_90d_count, 2))
                      )
                    )
                  )
                )
              )
            : ""
        )
      );
    });
  }

  // ---- technicians ---------------------------------------------------------------------------
  function techniciansSection() {
    const rows = mine(T.technicians);
    const hidden = total(mine(T.techniciansFew), "technicians_count");
    return section("technicians", !rows.length, (box) => {
      const jobs = total(T.technicians, "jobs_12m_count");
      const mean = T.technicians.reduce((sum, row) => sum + row.first_time_fix_rate * row.jobs_12m_count, 0) / jobs;
      const below = rows.filter((row) => row.first_time_fix_upper_rate < mean).length;
      box.append(sentence(w("say.technicians", { n: number(rows.length), few: FEW_JOBS, benchmark: rows.filter((row) => row.is_benchmark).length, below, hidden })));
      const clusters = [...groups(T.technicians, "cluster_label_en").keys()].map((name) => {
        const all = T.technicians.filter((row) => row.cluster_label_en === name);
        return { name, title: all[0]["cluster_label_" + state.lang], quality: total(all, "quality_score") / all.length };
      });
      clusters.sort((a, b) => b.quality - a.quality);
      const colors = ["teal", "blue", "violet", "amber", "coral", "gray"];
      const of = (cluster) => rows.filter((row) => row.cluster_label_en === cluster.name);
      const average = (found, column) => found.reduce((sum, row) => sum + row[column] * row.jobs_12m_count, 0) / total(found, "jobs_12m_count");
      const lows = T.technicians.map((row) => row.first_time_fix_lower_rate);
      const highs = T.technicians.map((row) => row.first_time_fix_upper_rate);
      const times = T.technicians.map((row) => row.time_ratio);
      const floor = (value, step) => Math.floor(value / step + 1e-9) * step;
      const ceil = (value, step) => Math.ceil(value / step - 1e-9) * step;
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w7" },
            el("h3", {}, w("chart.technicians")),
            el("p", { class: "sub" }, w("chart.technicians.sub")),
            legend(...clusters.map((cluster, i) => [colors[Math.min(i, 5)], cluster.title]), ["gold", w("benchmark")]),
            chart(380, w("chart.technicians"), () => ({
              grid: { left: 50, right: 20, top: 12, bottom: 44 },
              tooltip: tooltip("item", (point) => {
                const row = point.data && point.data.row;
                if (!row) return "";
                return tip(row.dealer_id + (row.level ? " · " + code("level", row.level) : "") + (row.is_benchmark ? " ★" : ""), [
                  ["", label("technicians", "first_time_fix_rate"), percent(row.first_time_fix_rate) + " [" + percent(row.first_time_fix_lower_rate) + ", " + percent(row.first_time_fix_upper_rate) + "]"],
                  ["", label("technicians", "raw_first_time_fix_rate"), percent(row.raw_first_time_fix_rate)],
                  ["", label("technicians", "time_ratio"), number(row.time_ratio, 2)], ["", label("technicians", "praise_rate"), percent(row.praise_rate)], ["", label("technicians", "jobs_12m_count"), number(row.jobs_12m_count)],
                ]);
              }),
              xAxis: values((value) => number(value, 2), { inverse: true, min: floor(Math.min(...times, 0.95), 0.1), max: ceil(Math.max(...times, 1.05), 0.1), interval: 0.1, name: w("axis.time") + " →", nameLocation: "middle", nameGap: 30, nameTextStyle: { color: css("faint") }, splitLine: { show: false } }),
              yAxis: values((value) => percent(value, 0), { min: floor(Math.min(...lows), 0.05), max: Math.min(1, ceil(Math.max(...highs), 0.05)), interval: 0.05, position: "left" }),
              series: clusters
                .flatMap((cluster, i) => {
                  const color = css(colors[Math.min(i, 5)]);
                  const found = of(cluster);
                  return [
                    {
                      type: "custom", silent: true, z: 1, encode: { x: 0, y: [1, 2] }, data: found.map((row) => [row.time_ratio, row.first_time_fix_lower_rate, row.first_time_fix_upper_rate]),
                      renderItem: (params, api) => {
                        const [x, from] = api.coord([api.value(0), api.value(1)]);
                        const to = api.coord([api.value(0), api.value(2)])[1];
                        return { type: "line", shape: { x1: x, x2: x, y1: from, y2: to }, style: { stroke: color, lineWidth: 1.3, opacity: rows.length > 40 ? 0.22 : 0.45 } };
                      },
                    },
                    {
                      type: "scatter", name: cluster.title, z: 3,
                      data: found.map((row) => ({
                        row, value: [row.time_ratio, row.first_time_fix_rate], symbol: row.is_benchmark ? STAR : "circle", symbolSize: row.is_benchmark ? 17 : Math.max(6, Math.min(13, Math.sqrt(row.jobs_12m_count) * 0.7)),
                        itemStyle: { color: row.is_benchmark ? css("gold") : color, borderColor: css("card"), borderWidth: 1 },
                      })),
                    },
                  ];
                })
                .concat([
                  {
                    type: "line", data: [], silent: true,
                    markLine: {
                      silent: true, symbol: "none", lineStyle: { color: css("gray"), width: 1, type: [4, 4] }, label: { show: false },
                      data: [{ xAxis: 1 }, { yAxis: mean }],
                    },
                  },
                ]),
            }))
          ),
          el(
            "div",
            { class: "w5" },
            el("h3", {}, w("chart.technicianClusters")),
            el(
              "div",
              { class: "scroll" },
              el(
                "table",
                {},
                el("tr", {}, el("th", {}, w("col.cluster")), el("th", { class: "n" }, w("col.technicians")), el("th", { class: "n" }, w("col.fix")), el("th", { class: "n" }, w("col.time")), el("th", { class: "n" }, w("col.praise"))),
                clusters.map((cluster, i) => {
                  const found = of(cluster);
                  return found.length
                    ? el(
                        "tr",
                        {},
                        el("td", {}, el("i", { style: `display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:8px;background:${css(colors[Math.min(i, 5)])}` }), cluster.title),
                        el("td", { class: "n" }, found.length), el("td", { class: "n" }, percent(average(found, "first_time_fix_rate"))), el("td", { class: "n" }, number(average(found, "time_ratio"), 2)), el("td", { class: "n" }, percent(average(found, "praise_rate")))
                      )
                    : "";
                })
              )
            ),
            el("p", { class: "foot" }, w("foot.technicians"))
          )
        )
      );
    });
  }
  const STAR = "path://M10 1l2.7 5.9 6.3.7-4.7 4.4 1.3 6.4L10 15.2l-5.6 3.2 1.3-6.4L1 7.6l6.3-.7z";

  // ---- dealers -------------------------------------------------------------------------------
  function dealersSection() {
    const rows = T.benchmarks.filter((row) => KPI[row.kpi]);
    return section("dealers", !rows.length, (box) => {
      const kpis = RATIOS.filter((kpi) => rows.some((row) => row.kpi === kpi.name && row.value !== null));
      const chosen = kpis.find((kpi) => kpi.name === state.kpi) || kpis.find((kpi) => kpi.name === "first_time_fix_rate") || kpis[0];
      const of = rows.filter((row) => row.kpi === chosen.name && row.value !== null);
      const standing = (found, isBetter) => found.filter((row) => moodOf(row) === (isBetter ? "good" : "bad"));
      const isGoodAbove = chosen.direction !== "LOWER";
      const own = rows.filter((row) => row.dealer_id === state.dealer);
      if (state.dealer) {
        const named = (isBetter) => listed(standing(own, isBetter).map((row) => nameOf(KPI[row.kpi])));
        box.append(
          sentence(own.some((row) => row.standing) ? w("say.dealers.one", { dealer: state.dealer, above: named(true), below: named(false) }) : w("say.dealers.oneFew", { dealer: state.dealer }))
        );
      } else {
        const compared = of.filter((row) => row.standing);
        box.append(
          sentence(
            compared.length ? w("say.dealers", { kpi: nameOf(chosen), above: standing(of, true).length, below: standing(of, false).length, n: compared.length }) : w("say.dealers.few", { kpi: nameOf(chosen) })
          )
        );
      }
      const sorted = of.slice().sort((a, b) => (isGoodAbove ? a.value - b.value : b.value - a.value) || (a.dealer_id < b.dealer_id ? 1 : -1));
      const color = (row) => css({ good: "teal", bad: "coral", even: "gray" }[moodOf(row)]);
      const ends = sorted.flatMap((row) => [row.value_lower, row.value_upper, row.value, row.peer_median]).filter((value) => value !== null);
      const span = Math.max(...ends) - Math.min(...ends);
      box.append(
        el("div", { class: "chips" }, kpis.map((kpi) => el("button", { class: kpi === chosen ? "on" : "", "aria-pressed": String(kpi === chosen), onclick: () => update({ kpi: kpi.name }) }, nameOf(kpi)))),
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w4" },
            el("h3", {}, w("chart.forest", { kpi: nameOf(chosen) })),
            el("p", { class: "sub" }, w("chart.forest.sub")),
            chart(44 + 25 * sorted.length, nameOf(chosen), () => ({
              grid: { left: 4, right: 16, top: 4, bottom: 4, containLabel: true },
              tooltip: tooltip("item", (point) => {
                const row = sorted[point.dataIndex];
                return tip(row.dealer_id, [
                  [color(row), nameOf(chosen), figure(chosen, row.value)], ["", w("interval"), figure(chosen, row.value_lower) + " – " + figure(chosen, row.value_upper)], ["", w("median"), figure(chosen, row.peer_median)],
                  ["", label("benchmarks", "peers_count"), number(row.peers_count)],
                ]);
              }),
              xAxis: values((value) => axisFigure(chosen, value, span), { scale: true, splitNumber: 4, axisLabel: { hideOverlap: true } }),
              yAxis: categories(sorted.map((row) => row.dealer_id), {
                axisLine: { show: false },
                axisLabel: { fontSize: 12.5, hideOverlap: false, interval: 0, color: (dealer) => css(dealer === state.dealer ? "blue" : "soft"), formatter: (dealer) => (dealer === state.dealer ? "● " + dealer : dealer) },
              }),
              series: [
                {
                  type: "custom", silent: true, encode: { x: [0, 1], y: 2 },
                  data: sorted.map((row, i) => [row.value_lower ?? row.value, row.value_upper ?? row.value, i]),
                  renderItem: (params, api) => {
                    const [x1, y] = api.coord([api.value(0), api.value(2)]);
                    const x2 = api.coord([api.value(1), api.value(2)])[0];
                    return { type: "line", shape: { x1, x2, y1: y, y2: y }, style: { stroke: color(sorted[params.dataIndex]), lineWidth: 5, opacity: 0.35, lineCap: "round" } };
                  },
                },
                { type: "scatter", data: sorted.map((row) => row.peer_median), symbol: "rect", symbolSize: [1.6, 17], itemStyle: { color: css("ink") }, silent: true },
                { type: "scatter", data: sorted.map((row) => ({ value: row.value, itemStyle: { color: color(row) } })), symbolSize: 10, z: 4 },
              ],
            }), (point) => pick(sorted[point.dataIndex].dealer_id))
          ),
          el("div", { class: "w8" }, el("h3", {}, w("chart.heat")), el("p", { class: "sub" }, w("chart.heat.sub")), el("div", { class: "scroll" }, percentiles(rows, kpis)))
        )
      );
    });
  }

  /** Whether a dealer's figure is better or worse than its peers' median beyond noise. */
  function moodOf(row) {
    if (!row.standing || row.standing === "WITHIN") return "even";
    return (row.standing === "ABOVE") === (KPI[row.kpi].direction !== "LOWER") ? "good" : "bad";
  }

  function percentiles(rows, kpis) {
    const dealers = DEALERS.filter((dealer) => rows.some((row) => row.dealer_id === dealer)).sort();
    const at = new Map(rows.map((row) => [row.kpi + "\n" + row.dealer_id, row]));
    return el(
      "table",
      { class: "heat" },
      el("tr", {}, el("th", { class: "row" }), dealers.map((dealer) => el("th", { class: "pick" + (dealer === state.dealer ? " chosen" : ""), onclick: () => pick(dealer) }, dealer))),
      kpis.map((kpi) =>
        el(
          "tr",
          {},
          el("td", { class: "row" }, nameOf(kpi)),
          dealers.map((dealer) => {
            const row = at.get(kpi.name + "\n" + dealer);
            if (!row || row.value === null) return el("td", {}, "");
            if (row.percentile_rate === null) return el("td", { class: "few", title: figure(kpi, row.value) }, "·");
            const mark = { good: "▲", bad: "▼", even: "" }[moodOf(row)];
            return el("td", { style: tint(2 * row.percentile_rate - 1), title: figure(kpi, row.value) }, number(100 * row.percentile_rate), mark ? el("small", {}, mark) : "");
          })
        )
      )
    );
  }

  // ---- complaints ----------------------------------------------------------------------------
  function complaintsSection() {
    const rows = mine(T.complaints);
    return section("complaints", !rows.length, (box) => {
      const isOpen = (row) => row.state === "OPEN" || row.state === "OVERDUE";
      const open = rows.filter(isOpen);
      const overdue = total(rows.filter((row) => row.state === "OVERDUE"), "complaints_count");
      const all = total(rows, "complaints_count");
      const kinds = [...groups(rows, "kind")].map(([kind, found]) => ({ kind, found, n: total(found, "complaints_count") })).sort((a, b) => a.n - b.n || (a.kind < b.kind ? 1 : -1));
      const top = kinds[kinds.length - 1];
      const said = { kind: code("kind", top.kind), share: percent(top.n / all, 0) };
      box.append(
        sentence(
          open.length
            ? w("say.complaints", Object.assign(said, { open: number(total(open, "complaints_count")), overdue: number(overdue), days: number(Math.max(...open.map((row) => row.age_hours)) / 24) }))
            : w("say.complaints.closed", said)
        ),
        el(
          "div",
          { class: "numbers" },
          numberBox(number(total(open, "complaints_count")), w("num.open")), numberBox(number(overdue), w("num.overdue"), overdue ? "bad" : "good"),
          numberBox(number(total(open.filter((row) => row.severity === "MAJOR"), "complaints_count")), w("num.major")), numberBox(number(all), w("num.received"))
        )
      );
      const states = [["CLOSED_IN_TIME", "teal"], ["CLOSED_LATE", "gold"], ["OPEN", "blue"], ["OVERDUE", "coral"]];
      const bands = ["H24", "H48", "D7", "D30", "OLDER"];
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w7" },
            el("h3", {}, w("chart.complaintKinds")),
            legend(...states.map(([name, color]) => [color, code("state", name)])),
            chart(24 + 32 * kinds.length, w("chart.complaintKinds"), () => ({
              grid: { left: 4, right: 44, top: 4, bottom: 4, containLabel: true },
              tooltip: byAxis((value) => number(value)),
              xAxis: values(compact, { axisLabel: { show: false }, splitLine: { show: false } }),
              yAxis: categories(kinds.map((one) => capital(code("kind", one.kind))), { axisLine: { show: false }, axisLabel: { fontSize: 12.5, color: css("soft") } }),
              series: states.map(([name, color], i) => ({
                type: "bar", stack: "kind", name: code("state", name), color: css(color), barWidth: 16,
                data: kinds.map((one) => total(one.found.filter((row) => row.state === name), "complaints_count")),
                label: i === states.length - 1 ? { show: true, position: "right", color: css("soft"), formatter: (point) => number(kinds[point.dataIndex].n) } : undefined,
              })),
            }))
          ),
          el(
            "div",
            { class: "w5" },
            el("h3", {}, w("chart.complaintAges")),
            legend(["blue", code("state", "OPEN")], ["coral", code("state", "OVERDUE")]),
            chart(190, w("chart.complaintAges"), () => ({
              grid: { left: 36, right: 8, top: 14, bottom: 24 },
              tooltip: byAxis((value) => number(value)),
              xAxis: categories(bands.map((band) => code("age", band)), { axisLabel: { interval: 0, hideOverlap: false, fontSize: 11, width: 74, overflow: "break" } }),
              yAxis: values(compactAxis, { minInterval: 1, splitNumber: 3 }),
              series: [["OPEN", "blue"], ["OVERDUE", "coral"]].map(([name, color]) => ({
                type: "bar", stack: "age", name: code("state", name), color: css(color), barMaxWidth: 42,
                data: bands.map((band) => total(open.filter((row) => row.state === name && row.age_band === band), "complaints_count")),
              })),
            }))
          )
        )
      );
    });
  }
  const numberBox = (value, text, mood) => el("div", {}, el("b", { class: mood || "" }, value), el("span", {}, text));

  // ---- follow-up -----------------------------------------------------------------------------
  function followUpSection() {
    const rows = mine(T.followUps);
    return section("followUp", !rows.length, (box) => {
      const count = (name) => total(rows.filter((row) => row.state === name), "duties_count");
      const due = count("DONE") + count("DONE_LATE") + count("OVERDUE");
      box.append(
        sentence(due ? w("say.followUp", { share: percent(count("DONE") / due), overdue: number(count("OVERDUE")) }) : ""),
        el(
          "div",
          { class: "numbers" },
          numberBox(number(count("DONE")), w("num.inTime")), numberBox(number(count("DONE_LATE")), w("num.late")), numberBox(number(count("OVERDUE")), w("num.overdue"), count("OVERDUE") ? "bad" : "good"), numberBox(number(count("OPEN")), w("num.ahead"))
        )
      );
      const weeks = [...groups(rows, "week_on").keys()].sort();
      const states = [["DONE", "teal"], ["DONE_LATE", "gold"], ["OVERDUE", "coral"], ["OPEN", "gray"]];
      const named = (name) => WORDS[state.lang]["code.followUp." + name] || code("state", name);
      box.append(
        el("h3", {}, w("chart.followUp")),
        legend(...states.map(([name, color]) => [color, named(name)])),
        chart(220, w("chart.followUp"), () => ({
          grid: { left: 48, right: 12, top: 10, bottom: 26 },
          tooltip: byAxis((value) => number(value), (point) => shortDay(weeks[point.dataIndex]) + " – " + shortDay(addDays(weeks[point.dataIndex], 6))),
          xAxis: categories(weeks.map((week) => shortDay(week))),
          yAxis: values(compactAxis, { splitNumber: 4, minInterval: 1 }),
          series: states.map(([name, color]) => ({
            type: "bar", stack: "week", name: named(name), color: css(color), barMaxWidth: 64,
            data: weeks.map((week) => total(rows.filter((row) => row.week_on === week && row.state === name), "duties_count")),
          })),
        }))
      );
    });
  }

  // ---- models --------------------------------------------------------------------------------
  function modelsSection() {
    const rows = T.models;
    return section("models", !rows.length, (box) => {
      const models = [...groups(rows, "model_name")];
      const judged = models.filter(([, found]) => found.some((row) => row.verdict !== "REPORTED"));
      const worse = judged.filter(([, found]) => found.some((row) => row.verdict === "NOT_BETTER"));
      box.append(
        sentence(
          judged.length ? w("say.models", { better: judged.length - worse.length, judged: judged.length }) : w("say.models.none"),
          worse.length ? w("say.models.not", { list: listed(worse.map(([name, found]) => {
            const short = found.filter((row) => row.verdict === "NOT_BETTER").map((row) => code("metric", row.metric));
            return code("model", name) + inBrackets(listed(short));
          })) }) : ""
        ),
        el(
          "div",
          { class: "scroll" },
          el(
            "table",
            {},
            el("tr", {}, el("th", {}, w("col.modelName")), el("th", {}, w("col.metric")), el("th", { class: "n" }, w("col.value")), el("th", { class: "n" }, w("col.naive")), el("th", {}, ""), el("th", {}, w("col.verdict"))),
            models.flatMap(modelRows)
          )
        ),
        el("p", { class: "foot" }, w("foot.models"))
      );
    });
  }
  function modelRows([name, unordered]) {
    const found = [...unordered].sort((a, b) => inOrder.compare(a.metric, b.metric));
    const judged = found.filter((row) => row.verdict !== "REPORTED");
    const reported = found.filter((row) => row.verdict === "REPORTED" && row.metric !== PUT_IN_USE);
    const isKeptOut = found.some((row) => row.metric === PUT_IN_USE && !row.value);
    const first = found[0];
    const isTrained = first.metric !== NOT_TRAINED;
    const title = el(
      "td",
      { class: "model", rowspan: judged.length + (reported.length ? 1 : 0) },
      code("model", name),
      isKeptOut ? el("small", {}, w("model.keptOut")) : "",
      isTrained ? el("small", {}, w("model.trained", { from: first.train_from_on, until: first.train_until_on, n: number(first.train_count) })) : "",
      isTrained ? el("small", {}, first.test_from_on ? w("model.tested", { from: first.test_from_on, until: first.test_until_on, n: number(first.test_count) }) : w("model.untested")) : ""
    );
    const rows = judged.map((row, i) => [
      el("td", {}, code("metric", row.metric)),
      el("td", { class: "n" }, el("b", {}, measured(row.value)), interval(row)),
      el("td", { class: "n" }, row.naive_value === null ? w("none") : measured(row.naive_value)),
      el("td", { class: "dim wrap" }, (i && judged[i - 1].naive_rule === row.naive_rule ? "" : row.naive_rule) || ""),
      el("td", {}, el("span", { class: "badge " + (row.verdict === "BEATS_RULE" ? "good" : "bad") }, code("verdict", row.verdict))),
    ]);
    if (reported.length) {
      rows.push([
        el("td", { colspan: 4, class: "dim" }, isTrained ? reported.map((row, i) => [i ? " · " : "", code("metric", row.metric) + "\u00a0", el("b", {}, measured(row.value)), interval(row)]) : first.split),
        el("td", {}, el("span", { class: "badge even" }, isTrained ? code("verdict", "REPORTED") : w("model.notTrained"))),
      ]);
    }
    return rows.map((cells, i) => el("tr", { class: i ? "" : "first" }, i ? "" : title, cells));
  }
  // Precision in the top 5 % comes before that in the top 10 %.
  const inOrder = new Intl.Collator("en", { numeric: true });
  const interval = (row) => (row.value_lower === null ? "" : el("span", { class: "dim" }, ` [${measured(row.value_lower)}, ${measured(row.value_upper)}]`));
  const measured = (value) => number(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 3 : 4);

  // ---- data ----------------------------------------------------------------------------------
  function expectationsTable() {
    const broken = T.expectations.filter((row) => row.outcome !== "PASSED" && row.outcome !== "NOT_TESTED");
    const tested = T.expectations.filter((row) => row.outcome !== "NOT_TESTED").length;
    return el(
      "div",
      {},
      el("h3", {}, w("chart.expectations")),
      sentence(broken.length ? w("say.expectations.broken", { broken: number(broken.length), tested: number(tested) }) : w("say.expectations.met", { tested: number(tested) })),
      broken.length
        ? el(
            "div",
            { class: "scroll" },
            el(
              "table",
              {},
              el("tr", {}, el("th", {}, w("col.target")), el("th", {}, w("col.expectation")), el("th", {}, w("col.outcome")), el("th", {}, w("col.detail"))),
              broken.map((row) =>
                el(
                  "tr",
                  {},
                  el("td", {}, row.table_name), el("td", {}, row.expectation),
                  el("td", {}, el("span", { class: "badge " + (row.outcome === "STOPPED" ? "bad" : "") }, code("outcome", row.outcome))),
                  el("td", { class: "dim" }, row.detail)
                )
              )
            )
          )
        : ""
    );
  }

  function qualitySection() {
    const rows = T.quality;
    return section("quality", !rows.length && !T.freshness.length, (box) => {
      const unbalanced = rows.filter((row) => row.balance_count !== 0);
      const limit = { repair_orders: SILENT_ORDERS_DAYS, contacts: SILENT_CONTACTS_DAYS };
      const fresh = mine(T.freshness);
      const silent = [...groups(fresh.filter((row) => row.silent_days > (limit[row.fact] ?? Infinity)), "dealer_id")].map(([dealer, found]) => [dealer, Math.max(...found.map((row) => row.silent_days))]);
      silent.sort((a, b) => b[1] - a[1]);
      box.append(
        sentence(
          unbalanced.length
            ? w("say.quality.lost", { lost: number(unbalanced.reduce((sum, row) => sum + Math.abs(row.balance_count), 0)), list: listed(unbalanced.map((row) => row.source_id + " → " + row.target_table)) })
            : w("say.quality.whole", { read: number(total(rows, "read_count")), rejected: number(total(rows, "rejected_count")) }),
          !fresh.length ? "" : silent.length ? w("say.quality.silent", { list: listed(silent.slice(0, 5).map(([dealer, days]) => w("say.quality.days", { dealer, days: number(days) }))) }) : w("say.quality.fresh")
        )
      );
      const fates = [["accepted_count", "teal", "fate.accepted"], ["superseded_count", "blue", "fate.superseded"], ["duplicate_count", "gray", "fate.duplicate"], ["rejected_count", "coral", "fate.rejected"]];
      const facts = [...new Set(T.freshness.map((row) => row.fact))].sort((a, b) => (a === "repair_orders" ? -1 : b === "repair_orders" ? 1 : a < b ? 1 : -1));
      const dealers = [...new Set(fresh.map((row) => row.dealer_id))].sort();
      const at = new Map(fresh.map((row) => [row.dealer_id + "\n" + row.fact, row]));
      box.append(
        el(
          "div",
          { class: "cols" },
          el(
            "div",
            { class: "w8" },
            rows.length ? legend(...fates.map(([, color, key]) => [color, w(key)])) : el("div", { class: "empty" }, w("empty.quality")),
            rows.length
              ? el(
                  "div",
                  { class: "scroll" },
                  el(
                    "table",
                    {},
                    el("tr", {}, el("th", {}, w("col.source")), el("th", {}, w("col.target")), el("th", { class: "n" }, w("col.read")), el("th", {}, w("col.fates")), el("th", { class: "n" }, w("fate.rejected")), el("th", { class: "n" }, w("col.balance")), el("th", {}, w("col.topReason"))),
                    rows.map((row) =>
                      el(
                        "tr",
                        {},
                        el("td", {}, row.source_id), el("td", {}, row.target_table), el("td", { class: "n" }, number(row.read_count)), barCell(fates.map(([column, color]) => [row.read_count ? row[column] / row.read_count : 0, color])),
                        el("td", { class: "n" }, number(row.rejected_count)),
                        el("td", { class: "n" }, el("span", { class: "badge " + (row.balance_count === 0 ? "good" : "bad") }, number(row.balance_count))),
                        el("td", { class: "dim" }, row.top_reason ? spoken(row.top_reason) : "")
                      )
                    )
                  )
                )
              : ""
          ),
          el(
            "div",
            { class: "w4" },
            el("h3", {}, w("chart.silence")),
            fresh.length
              ? el(
                  "div",
                  { class: "scroll", style: "margin-top:6px" },
                  el(
                    "table",
                    { class: "heat" },
                    el("tr", {}, el("th", { class: "row" }), facts.map((fact) => el("th", {}, code("fact", fact)))),
                    dealers.slice(0, 60).map((dealer) =>
                      el(
                        "tr",
                        {},
                        el("td", { class: "row" }, dealer),
                        facts.map((fact) => {
                          const row = at.get(dealer + "\n" + fact);
                          if (!row) return el("td", { class: "dim" }, w("none"));
                          const isSilent = row.silent_days > (limit[fact] ?? Infinity);
                          return el("td", { style: isSilent ? tint(-0.6) : `background:${css("hover")}`, title: day(row.last_occurred_on) }, number(row.silent_days));
                        })
                      )
                    )
                  )
                )
              : el("div", { class: "empty" }, w("empty.freshness"))
          )
        ),
        T.expectations.length ? expectationsTable() : "",
        el("p", { class: "foot" }, w("foot.quality", { orders: SILENT_ORDERS_DAYS, contacts: SILENT_CONTACTS_DAYS }))
      );
    });
  }

  // ---- page ----------------------------------------------------------------------------------
  const SECTIONS = ["top", "trends", "base", "segments", "reasons", "due", "components", "technicians", "dealers", "complaints", "followUp", "models", "quality"];

  function header() {
    const options = [el("option", { value: "" }, w("allDealers", { n: DEALERS.length }))].concat(
      T.dealers
        .slice()
        .sort((a, b) => (a.dealer_id < b.dealer_id ? -1 : 1))
        .map((dealer) => el("option", { value: dealer.dealer_id, selected: dealer.dealer_id === state.dealer ? "selected" : null }, [dealer.dealer_id, dealer.region, dealer.brand].filter(Boolean).join(" · ")))
    );
    return el(
      "header",
      { class: "top" },
      el("div", {}, el("h1", {}, w("title"), state.dealer ? [" · ", el("span", { class: "picked-dealer" }, state.dealer)] : ""), el("div", { class: "under" }, w("asOf", { day: day(DATA.asOf) }))),
      el(
        "div",
        { class: "controls" },
        el("select", { "aria-label": w("dealer"), onchange: (event) => update({ dealer: event.target.value }) }, options),
        el("button", { onclick: () => update({ lang: state.lang === "zh" ? "en" : "zh" }) }, w("language")),
        el("button", { onclick: () => update({ theme: state.theme === "dark" ? "light" : "dark" }) }, w(state.theme === "dark" ? "toLight" : "toDark")),
        el("button", { onclick: () => window.print() }, w("print"))
      )
    );
  }

  function navigation() {
    return el("nav", {}, SECTIONS.map((id) => el("button", { "data-to": id, onclick: () => (id === "top" ? window.scrollTo(0, 0) : document.getElementById(id).scrollIntoView()) }, w("nav." + id))));
  }

  function markHere() {
    let here = SECTIONS[0];
    for (const id of SECTIONS) {
      const found = document.getElementById(id);
      if (found && found.getBoundingClientRect().top < 120) here = id;
    }
    document.querySelectorAll("nav button").forEach((button) => button.classList.toggle("here", button.dataset.to === here));
  }

  function pick(dealer) {
    if (DEALERS.includes(dealer)) update({ dealer: state.dealer === dealer ? "" : dealer });
  }

  function update(more) {
    Object.assign(state, more);
    keepState();
    render();
  }

  function render() {
    const root = document.documentElement;
    const top = window.scrollY;
    delete root.dataset.ready;
    root.lang = state.lang === "zh" ? "zh-CN" : "en";
    root.dataset.theme = state.printing ? "light" : state.theme;
    root.classList.toggle("printing", state.printing);
    charts.forEach((one) => one.drawn && one.drawn.dispose());
    charts = [];
    document.title = w("title") + " · " + (state.dealer || w("group")) + " · " + DATA.asOf;
    document.getElementById("page").replaceChildren(
      header(), navigation(), headline(), trendsSection(), baseSection(), segmentsSection(), reasonsSection(), dueSection(), componentsSection(),
      techniciansSection(), dealersSection(), complaintsSection(), followUpSection(), modelsSection(), qualitySection(), el("footer", {}, w("foot.page"))
    );
    mountCharts();
    window.scrollTo(0, top);
    markHere();
  }

  let width = 0;
  new ResizeObserver(() => {
    const now = document.getElementById("page").clientWidth;
    if (now !== width && !state.printing) charts.forEach((one) => one.drawn && one.drawn.resize());
    width = now;
  }).observe(document.getElementById("page"));
  window.addEventListener("scroll", markHere, { passive: true });
  window.addEventListener("beforeprint", () => {
    state.printing = true;
    render();
  });
  window.addEventListener("afterprint", () => {
    state.printing = false;
    render();
  });
  render();
})();

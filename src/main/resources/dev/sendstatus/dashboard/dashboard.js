// The pages work without this: it refreshes parts, knows keys, copies, and draws charts from the tables beside them.
(() => {
  "use strict";
  const EVERY_MS = 10_000;
  const LIVE_EVERY_MS = 2_000;
  const byId = (id) => document.getElementById(id);

  // Refresh: every ten seconds, but not while the page is hidden, paused, or has a form that somebody is filling in.
  let paused = sessionStorage.getItem("paused") === "yes";
  const dirty = () => [...document.forms].some((form) => form.dataset.dirty === "yes");
  const refresh = () => {
    if (window.htmx) {
      window.htmx.trigger(document.body, "refresh");
    }
  };
  setInterval(() => {
    if (!paused && !document.hidden && !dirty()) {
      refresh();
    }
  }, EVERY_MS);
  // What comes by itself is put on top, and the oldest goes, so that a page that stands for days does not grow.
  setInterval(() => {
    if (window.htmx && !paused && !document.hidden) {
      window.htmx.trigger(document.body, "live");
    }
  }, LIVE_EVERY_MS);
  document.addEventListener("htmx:afterSettle", () => {
    for (const list of document.querySelectorAll("[data-most]")) {
      while (list.children.length > Number(list.dataset.most)) {
        list.lastElementChild.remove();
      }
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !paused && !dirty()) {
      refresh();
    }
  });
  document.addEventListener("input", (event) => {
    if (event.target.form) {
      event.target.form.dataset.dirty = "yes";
    }
  });
  document.addEventListener("submit", (event) => {
    event.target.dataset.dirty = "";
    // What was left out needs no place in the URL.
    if (event.target.method === "get") {
      for (const field of event.target.elements) {
        field.disabled = field.disabled || (field.name && field.value === "");
      }
      setTimeout(() => [...event.target.elements].forEach((field) => { field.disabled = false; }));
    }
  });
  const pause = byId("pause");
  const showPause = () => {
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "Go on" : "Pause";
  };
  const togglePause = () => {
    paused = !paused;
    sessionStorage.setItem("paused", paused ? "yes" : "no");
    showPause();
    if (!paused) {
      refresh();
    }
  };
  if (pause) {
    pause.hidden = !document.querySelector("[data-hx-trigger]");
    pause.addEventListener("click", togglePause);
    showPause();
  }

  // A link to the sign-in page may bring the token behind its #, which is never sent to a server: scripts/demo prints one.
  const BROUGHT = "#token=";
  const token = byId("token");
  if (token && location.hash.startsWith(BROUGHT)) {
    token.value = decodeURIComponent(location.hash.slice(BROUGHT.length));
    history.replaceState(null, "", location.pathname + location.search);
    token.form.requestSubmit();
  }

  // Times grow older while the page stands.
  const UNITS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];
  const ago = (seconds) => {
    const first = UNITS.findIndex(([, length]) => seconds >= length);
    if (first < 0) {
      return "now";
    }
    const [word, length] = UNITS[first];
    const rest = first < 2 ? Math.floor((seconds % length) / UNITS[first + 1][1]) : 0;
    return `${Math.floor(seconds / length)} ${word}${rest ? ` ${rest} ${UNITS[first + 1][0]}` : ""} ago`;
  };
  setInterval(() => {
    for (const time of document.querySelectorAll("time[data-ago]")) {
      const seconds = Math.floor((Date.now() - Date.parse(time.dateTime)) / 1_000);
      if (seconds >= 0) {
        time.textContent = ago(seconds);
      }
    }
  }, EVERY_MS);

  // Keys.
  const keys = byId("keys");
  const keysOn = byId("keys-on");
  const search = byId("search");
  const go = (path) => window.location.assign(path);
  const ACTIONS = {
    "/": () => search.focus(),
    "?": () => keys.showModal(),
    o: () => go("/"),
    m: () => go("/ui/messages"),
    r: refresh,
    p: togglePause,
  };
  if (keys) {
    keysOn.checked = localStorage.getItem("keys") !== "off";
    keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
    byId("keys-open").hidden = false;
    byId("keys-open").addEventListener("click", () => keys.showModal());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if (typing || keys.open || !keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const action = ACTIONS[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    });
  }

  // Copying.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = "Copied"; });
    });
  }

  // Charts: <canvas data-chart="bar" data-table="ID" data-columns="A,B">. The first column names the points; each named one is a series.
  const MOST_BARS = 40;
  const LONGEST_LABEL = 24;
  // What means the same has the same colour in each chart.
  const COLOURS = { "Sent": 0, "Delivered": 1, "Failed": 2, "Delivered %": 1, "Failed %": 2, "p50": 3, "p95": 4, "p99": 5 };
  const draw = (canvas) => {
    canvas.parentElement.hidden = false;
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const kind = canvas.dataset.chart;
    const stacked = kind === "stacked";
    const all = [...byId(canvas.dataset.table).tBodies[0].rows];
    const rows = kind === "bar" ? all.slice(0, MOST_BARS) : all;
    const colours = [1, 2, 3, 4, 5, 6].map((number) => colour(`--series-${number}`));
    const axis = { ticks: { color: colour("--quiet") }, grid: { color: colour("--line") } };
    const number = (row, title) => {
      const cell = [...row.cells].find((one) => one.dataset.column === title);
      return cell && cell.dataset.number ? Number(cell.dataset.number) : null;
    };
    const label = (row) => {
      const text = row.cells[0].textContent.trim();
      return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text;
    };
    return new window.Chart(canvas, {
      type: stacked ? "bar" : kind,
      data: {
        labels: rows.map(label),
        datasets: canvas.dataset.columns.split(",").map((title, index) => ({
          label: title,
          data: rows.map((row) => number(row, title)),
          borderColor: kind === "line" ? colours[COLOURS[title] ?? index] : colour("--ground"),
          backgroundColor: colours[COLOURS[title] ?? index],
          borderWidth: kind === "line" ? 2 : 1,
          maxBarThickness: 64,
          borderDash: kind === "line" && index > 0 ? [4 * index, 3] : [],
          pointStyle: ["circle", "rect", "triangle"][index],
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        color: colour("--text"),
        scales: {
          x: { ...axis, stacked },
          y: { ...axis, stacked, beginAtZero: true, title: { display: true, text: canvas.dataset.unit, color: colour("--quiet") } },
        },
      },
    });
  };
  let charts = [];
  const drawAll = () => {
    charts.filter((chart) => !chart.canvas.isConnected).forEach((chart) => chart.destroy());
    charts = [...document.querySelectorAll("canvas[data-chart]")].map((canvas) => window.Chart.getChart(canvas) ?? draw(canvas));
  };
  if (window.Chart) {
    drawAll();
    document.addEventListener("htmx:afterSettle", drawAll);
  }
})();

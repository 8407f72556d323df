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

  // Charts: <canvas data-chart="bar" data-table="ID">. The first column names the points; each column with numbers is a series.
  const draw = (canvas) => {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const table = byId(canvas.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const series = titles
      .map((title, column) => ({ title, column }))
      .filter(({ column }) => column > 0 && rows.some((row) => row.cells[column].dataset.number));
    const colours = ["--open", "--good", "--bad", "--warning"].map(colour);
    const chart = new window.Chart(canvas, {
      type: canvas.dataset.chart,
      data: {
        labels: rows.map((row) => row.cells[0].textContent.trim()),
        datasets: series.map(({ title, column }, index) => ({
          label: title,
          data: rows.map((row) => Number(row.cells[column].dataset.number || 0)),
          borderColor: colours[index % colours.length],
          backgroundColor: colours[index % colours.length],
          borderDash: index > 0 && canvas.dataset.chart === "line" ? [4 * index, 3] : [],
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        color: colour("--text"),
        scales: {
          x: { ticks: { color: colour("--quiet") }, grid: { color: colour("--line") } },
          y: { beginAtZero: true, ticks: { color: colour("--quiet") }, grid: { color: colour("--line") } },
        },
      },
    });
    return chart;
  };
  if (window.Chart) {
    document.querySelectorAll("canvas[data-chart]").forEach(draw);
  }
})();

/** Tabs by the ARIA pattern: arrows move and choose, one tab stop, panels hidden by `hidden`. */

/**
 * @param {HTMLElement} list the element with role="tablist"; each tab names its panel by aria-controls
 * @param {{ signal?: AbortSignal, onChoose?: (id: string) => void }} [options]
 * @returns {(id: string) => void} chooses the tab whose panel has this id
 */
export function wireTabs(list, { signal, onChoose } = {}) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[role="tab"]')]);
  const panelOf = (/** @type {HTMLElement} */ tab) => tab.getAttribute("aria-controls") ?? "";

  /** @param {HTMLElement} chosen */
  const show = (chosen) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(panelOf(tab));
      if (panel) panel.hidden = !on;
    }
  };
  /** @param {HTMLElement} tab */
  const choose = (tab) => {
    show(tab);
    onChoose?.(panelOf(tab));
  };

  const listening = signal ? { signal } : {};
  list.addEventListener(
    "click",
    (event) => {
      const tab = tabs.find((one) => one.contains(/** @type {Node} */ (event.target)));
      if (tab) choose(tab);
    },
    listening,
  );
  list.addEventListener(
    "keydown",
    (event) => {
      const next = tabAfter(tabs, document.activeElement, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
      choose(next);
    },
    listening,
  );

  show(
    tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ??
      /** @type {HTMLElement} */ (tabs[0]),
  );
  return (id) => {
    const tab = tabs.find((one) => panelOf(one) === id);
    if (tab) show(tab);
  };
}

/**
 * @param {HTMLElement[]} tabs
 * @param {Element | null} current
 * @param {string} key
 */
function tabAfter(tabs, current, key) {
  const at = tabs.indexOf(/** @type {HTMLElement} */ (current));
  const steps = /** @type {Record<string, number>} */ ({
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: -1,
  });
  const to = steps[key];
  return at < 0 || to === undefined ? undefined : tabs.at(to % tabs.length);
}

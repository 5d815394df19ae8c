extension OwnSource {
    /// The script of every HTML report: a list of documents of which only the page one looks at is in the page.
    ///
    /// Rows are in the element `documents`; what belongs to a row is in an element per fifty rows, read when one of them
    /// is opened. Everything goes into the page as text. A page without that element is left as it is.
    static let reportScript = OwnSource(
        .script,
        """
        "use strict";
        (() => {
          const get = id => document.getElementById(id);
          const source = get("documents");
          if (!source) return;
          const data = JSON.parse(source.textContent), size = 25, cache = new Map();
          let shown = data.rows.map((_, i) => i), page = 0, current = 0;
          const make = (tag, text, name) => {
            const node = document.createElement(tag);
            if (text !== undefined && text !== null) node.textContent = text;
            if (name) node.className = name;
            return node;
          };
          const add = (parent, ...nodes) => { parent.append(...nodes); return parent; };
          const pages = () => Math.max(1, Math.ceil(shown.length / size));
          const detail = i => {
            const n = Math.floor(i / data.chunk);
            if (!cache.has(n)) cache.set(n, JSON.parse(get("documents-" + n).textContent));
            return cache.get(n)[i % data.chunk];
          };
          const marked = (title, stretches) => {
            const pre = make("pre");
            pre.tabIndex = 0;
            const words = { s: "same: ", n: "changed: ", m: "not matched: " };
            for (const [kind, text] of stretches)
              add(pre, add(make("mark", null, kind), make("span", words[kind], "unseen"), text));
            return add(make("div"), make("h4", title), pre);
          };
          const windowBox = w => {
            const box = make("section");
            add(box, make("h3", w.title));
            const list = make("ul");
            for (const line of w.facts) add(list, make("li", line));
            add(box, list);
            if (w.source || w.reply) {
              const pair = make("div", null, "pair");
              if (w.source) add(pair, marked(data.words.source, w.source));
              if (w.reply) add(pair, marked(data.words.reply, w.reply));
              add(box, pair);
            }
            for (const line of w.notes) add(box, make("p", line));
            if (w.prompt !== undefined) {
              const [server, before, after] = data.requests[w.request];
              add(box, make("p", data.words.curl));
              const pre = make("pre");
              pre.tabIndex = 0;
              add(box, add(pre, make("code", server + before + w.prompt + after)));
            }
            return box;
          };
          const open = (i, focus) => {
            const place = get("document"), d = detail(i);
            place.replaceChildren(make("h3", d.title));
            for (const line of d.facts) add(place, make("p", line));
            for (const w of d.windows) add(place, windowBox(w));
            for (const row of get("rows").children)
              row.setAttribute("aria-selected", String(Number(row.dataset.index) === i));
            if (focus) { place.focus(); place.scrollIntoView({ block: "nearest" }); }
          };
          const draw = focus => {
            page = Math.min(Math.max(0, page), pages() - 1);
            current = Math.min(Math.max(page * size, current), Math.min((page + 1) * size, shown.length) - 1);
            const body = get("rows");
            body.replaceChildren();
            for (let k = page * size; k < Math.min((page + 1) * size, shown.length); k++) {
              const i = shown[k], row = make("tr");
              row.tabIndex = k === current ? 0 : -1;
              row.dataset.index = i;
              row.setAttribute("aria-selected", "false");
              data.rows[i].forEach((cell, c) => add(row, make("td", cell, data.numbers[c] ? "number" : "")));
              row.addEventListener("click", () => { current = k; focusRow(); open(i, false); });
              add(body, row);
            }
            get("count").textContent = shown.length + " of " + data.rows.length + " documents, page " + (page + 1) +
              " of " + pages();
            get("previous").disabled = page === 0;
            get("next").disabled = page === pages() - 1;
            if (focus) focusRow();
          };
          const focusRow = () => {
            const rows = [...get("rows").children];
            rows.forEach((row, n) => { row.tabIndex = page * size + n === current ? 0 : -1; });
            if (rows[current - page * size]) rows[current - page * size].focus();
          };
          const move = to => {
            current = Math.min(Math.max(0, to), shown.length - 1);
            const wanted = Math.floor(current / size);
            if (wanted !== page) { page = wanted; draw(true); } else focusRow();
          };
          get("rows").addEventListener("keydown", event => {
            const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: size, PageUp: -size };
            if (event.key in steps) move(current + steps[event.key]);
            else if (event.key === "Home") move(0);
            else if (event.key === "End") move(shown.length - 1);
            else if (event.key === "Enter" || event.key === " ") { if (shown.length) open(shown[current], true); }
            else return;
            event.preventDefault();
          });
          get("document").addEventListener("keydown", event => { if (event.key === "Escape") focusRow(); });
          get("previous").addEventListener("click", () => { page--; current = page * size; draw(false); });
          get("next").addEventListener("click", () => { page++; current = page * size; draw(false); });
          get("filter").addEventListener("input", event => {
            const wanted = event.target.value.toLowerCase();
            shown = data.rows.map((_, i) => i)
              .filter(i => data.rows[i].slice(0, 2).join(" ").toLowerCase().includes(wanted));
            page = current = 0;
            draw(false);
          });
          get("browser").hidden = false;
          draw(false);
        })();

        """)
}

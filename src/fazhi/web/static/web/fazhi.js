/* What the pages do beyond links and forms. Every page works without this file; with it, hands stay on the keyboard. */
(function () {
  "use strict";

  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const typing = (target) => target.closest("input, textarea, select, [contenteditable='true']");

  /* Keys: / searches, n begins a record, e exports, arrows choose a row, enter opens it. */

  let at = -1;

  function choose(next) {
    const rows = all("[data-rows] tbody tr[data-href]");
    if (!rows.length) return false;
    rows.forEach((row) => row.classList.remove("is-at"));
    at = Math.max(0, Math.min(rows.length - 1, next));
    rows[at].classList.add("is-at");
    rows[at].scrollIntoView({ block: "nearest" });
    const link = $("a", rows[at]);
    if (link) link.focus({ preventScroll: true });
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const menu = event.target.closest("details[data-menu][open]");
      if (menu) {
        menu.open = false;
        $("summary", menu).focus();
      } else if (location.hash === "#nav") {
        location.hash = "main";
      } else if (typing(event.target)) {
        event.target.blur();
      }
      return;
    }
    if (typing(event.target)) return;
    const named = $(`[data-key="${CSS.escape(event.key)}"]`);
    if (named) {
      event.preventDefault();
      if (named.matches("input")) {
        named.focus();
        named.select();
      } else named.click();
    } else if (event.key === "ArrowDown" && choose(at + 1)) event.preventDefault();
    else if (event.key === "ArrowUp" && choose(at - 1)) event.preventDefault();
  });

  /* A row opens its record, unless text is being selected or something in it was meant. */

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-rows] tr[data-href]");
    if (row && !event.target.closest("a, button, input, label") && !String(getSelection())) location.href = row.dataset.href;
    all("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const tab = event.target.closest("[data-tab]");
    if (tab) all("[data-tab]").forEach((each) => each.toggleAttribute("aria-current", each === tab));
    const shut = event.target.closest("[data-act-shut]");
    const place = shut && shut.closest("[id^='act-']:not(#act-form)");
    if (place) {
      event.preventDefault();
      const opener = place.previousElementSibling;
      place.replaceChildren();
      if (opener) opener.focus();
    }
    if (event.target.closest("[data-theme-switch]")) {
      const root = document.documentElement;
      root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      document.cookie = `theme=${root.dataset.bsTheme};path=/;max-age=31536000;samesite=lax`;
    }
  });

  /* Choosing in a list filters at once; empty fields stay out of the address. */

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("form[data-filters]")) {
      all("input, select", form).forEach((input) => {
        if (!input.value && input.name) input.disabled = true;
      });
    }
    /* A second click must not send a second record. The button sent along is kept before it is made inert. */
    if (form.matches("form[data-form]")) {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      all("button", form).forEach((button) => button.setAttribute("aria-busy", "true"));
      form.dataset.saved = "1";
    }
  }, true);

  function awake(form) {
    delete form.dataset.sent;
    all("button", form).forEach((button) => button.removeAttribute("aria-busy"));
  }

  addEventListener("pageshow", () => {
    all("form[data-form]").forEach(awake);
    all("form[data-filters] :disabled").forEach((input) => { input.disabled = false; });
  });

  /* Nothing typed is lost by leaving by mistake. */

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-form], form[data-chips]");
    if (form) form.dataset.changed = "1";
  });
  addEventListener("beforeunload", (event) => {
    if ($("form[data-changed]:not([data-saved])")) event.preventDefault();
  });

  /* What arrives in place is focused where reading should go on. */

  document.addEventListener("htmx:afterSettle", (event) => {
    ready(event.target);
    const first = $("[data-focus], .is-invalid, input:not([type=hidden]), textarea, select", event.target);
    if (event.target.closest("[id^='act-']") && first) first.focus();
  });
  document.addEventListener("htmx:responseError", (event) => {
    const form = event.target.closest("form[data-form]");
    if (form) awake(form);
    say(event.target, document.documentElement.lang === "en"
      ? "The server did not accept this. Nothing was saved; reload the page and try again."
      : "服务器没有接受，未保存任何内容。请刷新页面后重试。");
  });
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form[data-form]");
    if (form) awake(form);
    say(event.target, document.documentElement.lang === "en"
      ? "The network is down. What you typed is still here; try again when it is back."
      : "网络不通，填写的内容还在，恢复后再提交。");
  });

  function say(near, words) {
    const place = near.closest("form") || $("#main");
    all(".fz-alert[data-said]", place).forEach((old) => old.remove());
    const note = document.createElement("div");
    note.className = "fz-alert is-error";
    note.dataset.said = "";
    note.setAttribute("role", "alert");
    const text = document.createElement("div");
    text.textContent = words;
    note.append(text);
    place.prepend(note);
  }

  /* Files dropped on a field become its files. */

  ["dragover", "dragleave", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
    const zone = event.target.closest && event.target.closest("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") $("input[type=file]", zone).files = event.dataTransfer.files;
  }));

  /* Looking up a record by the first letters of its name. */

  let asked = 0;
  document.addEventListener("input", (event) => {
    const input = event.target.closest("input[data-lookup]");
    if (!input || input.value.trim().length < 2) return;
    const turn = ++asked;
    setTimeout(async () => {
      if (turn !== asked) return;
      const answer = await fetch(`${input.dataset.lookup}?q=${encodeURIComponent(input.value)}`);
      if (!answer.ok || turn !== asked) return;
      const list = document.getElementById(input.getAttribute("list"));
      list.replaceChildren(...(await answer.json()).map((each) => {
        const option = document.createElement("option");
        option.value = each.label;
        return option;
      }));
    }, 150);
  });

  /* Text with figures as chips. The text area stays the truth: it holds tokens, and is what is sent. */

  function chips(form) {
    const area = $("textarea", form);
    if (!area || form.dataset.ready) return;
    form.dataset.ready = "1";
    const named = new Map(all("[data-picker] button", form).map((button) => [button.value, button.textContent]));
    const editor = document.createElement("div");
    editor.contentEditable = "true";
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    editor.setAttribute("aria-label", ($(`label[for="${area.id}"]`, form) || area).textContent);

    function chip(token) {
      const span = document.createElement("span");
      span.className = "fz-token";
      span.contentEditable = "false";
      span.dataset.token = token;
      span.textContent = named.get(token) || token.replace(/[⟦⟧]/g, "");
      return span;
    }
    area.value.split(/(⟦[^⟧]*⟧)/).forEach((piece) => {
      if (piece) editor.append(piece.startsWith("⟦") ? chip(piece) : document.createTextNode(piece));
    });

    function text(node) {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.dataset && node.dataset.token) return node.dataset.token;
      if (node.nodeName === "BR") return "\n";
      const inner = Array.from(node.childNodes).map(text).join("");
      return node.nodeName === "DIV" && node !== editor ? `\n${inner}` : inner;
    }
    const keep = () => { area.value = text(editor); };

    let place = null;
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (selection.rangeCount && editor.contains(selection.anchorNode)) place = selection.getRangeAt(0).cloneRange();
    });
    editor.addEventListener("input", keep);
    editor.addEventListener("paste", (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-picker] button");
      if (!button) return;
      const added = chip(button.value);
      const range = place || document.createRange();
      if (!place) {
        range.selectNodeContents(editor);
        range.collapse(false);
      }
      range.deleteContents();
      range.insertNode(added);
      range.setStartAfter(added);
      range.collapse(true);
      keep();
      form.dataset.changed = "1";
      /* Writing goes on behind the figure, wherever the browser would put the cursor. */
      editor.focus();
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    });
    form.addEventListener("submit", () => { keep(); form.dataset.saved = "1"; });
    area.hidden = true;
    area.after(editor);
  }

  function ready(root) {
    all("form[data-chips]", root).forEach(chips);
    if (root.matches && root.matches("form[data-chips]")) chips(root);
    const fault = $("[data-focus]", root);
    if (fault) fault.focus();
  }
  ready(document);

  /* On a phone the rows come first; the filters open at a touch. */

  const sieve = $("[data-sieve]");
  if (sieve && matchMedia("(max-width: 620px)").matches && !$(".fz-chips")) sieve.open = false;
})();

// Until the page is there: says what is wrong if it does not come, and what to do about it.
{
  const boot = document.getElementById("boot");
  const folder = new URL(".", document.baseURI).href;
  const causes = new Set();

  // Whether a file is one of the page's own: errors of browser extensions, and of scripts that others put into the page,
  // are not the page's.
  const isOurs = (url = "") => url.startsWith("wasm:") || url.startsWith(folder) && /\.(js|wasm|css)$/.test(url);

  // What the page cannot do anything about, and the visitor can.
  const explanation = () => {
    if (location.protocol === "file:") {
      return "Inkling could not start because it was opened as a file, and browsers start its program only from a web "
        + "server. Run “python3 -m http.server” in this folder and open localhost:8000.";
    }
    if (origin === "null") {
      return "Inkling could not start because it is shown in a sandboxed frame, where the browser lets it have neither "
        + "its files nor its workers. Open it in a tab of its own, or add “allow-same-origin” to the frame's sandbox "
        + "attribute.";
    }
    if (typeof WebAssembly === "undefined") {
      return "Inkling could not start because WebAssembly is switched off in this browser. Allow it for this site (it is "
        + "off in strict security settings and in Lockdown Mode), or use another browser.";
    }
    return "Inkling could not start. Reload the page; if that doesn't help, try a current Chrome, Edge, Firefox or Safari.";
  };

  const paragraph = (...content) => {
    const element = document.createElement("p");
    element.append(...content);
    return element;
  };

  const fail = (cause) => {
    causes.add(cause);
    boot.replaceChildren(paragraph(explanation()), paragraph(`Cause: ${[...causes].join("; ")}`));
    if (origin === "null" && location.protocol !== "file:") {
      const link = document.createElement("a");
      Object.assign(link, { href: location.href, target: "_blank", textContent: location.href });
      // The frame may forbid the link to open a tab, but its address can be copied.
      boot.append(paragraph("Its address: ", link));
    }
    boot.setAttribute("role", "alert");
  };

  const onError = (event) => {
    const { target } = event;
    if (target instanceof HTMLElement) {
      const url = target.src ?? target.href;
      if (isOurs(url)) fail(`${url.slice(folder.length)} could not be loaded`);
    } else if (isOurs(event.filename)) {
      fail(event.message);
    }
  };
  const onRejection = ({ reason }) => {
    const stack = String(reason?.stack);
    if (stack.includes(folder) && !stack.includes("-extension:")) fail(reason.message);
  };

  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", onRejection);
  // The page's script says these two about its program.
  addEventListener("inkling-failed", ({ detail }) => fail(detail?.message ?? String(detail)));
  addEventListener("inkling-started", () => {
    removeEventListener("error", onError, true);
    removeEventListener("unhandledrejection", onRejection);
  });
}

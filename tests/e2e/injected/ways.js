// Every way that we know by which a page could run what it was not shipped with, or speak to anything but its shell.
//
// Called with which kind of way, the port of a listener and the path of a script that lies on the disk; answers each way's name with how it ended: `closed` with what closed it, or `OPEN`.
// A way is over when it threw, was refused, failed to load, or when the page's policy said that it was broken.
const [kind, port, file] = arguments;
const there = `http://127.0.0.1:${port}`;
const cameIn = (by) => `window.cameIn = (window.cameIn ?? '') + ' ${by}'`;
const broken = (window.broken ??= []);
document.addEventListener('securitypolicyviolation', (event) => broken.push(`${event.effectiveDirective} ${event.blockedURI}`));

/** Puts an element into the page; settles when it loads or fails. */
const put = (tag, attributes, prepare = () => undefined) =>
  new Promise((open, closed) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    prepare(element);
    element.addEventListener('load', () => open(`${tag} loaded`));
    element.addEventListener('error', () => closed(new Error(`${tag} failed`)));
    (tag === 'link' || tag === 'meta' ? document.head : document.body).append(element);
  });
const blob = (text, type) => URL.createObjectURL(new Blob([text], { type }));
const data = (text, type) => `data:${type},${encodeURIComponent(text)}`;
const hears = (target, good) => new Promise((open, closed) => {
  target.addEventListener(good, () => open(good));
  target.addEventListener('error', () => closed(new Error('error')));
});
const request = (url, sync = false) => new Promise((open, closed) => {
  const xhr = new XMLHttpRequest();
  xhr.open('POST', url, !sync);
  xhr.onload = () => open('answered');
  xhr.onerror = () => closed(new Error('error'));
  xhr.send('words');
});
const sheet = (rule) => {
  const made = new CSSStyleSheet();
  made.insertRule(rule);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, made];
};
// What a policy breaks in silence is over once the page has drawn it twice.
const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const quietly = (act) => async () => { act(); await drawn(); throw new Error('nothing came of it'); };

// A frame that was refused says that it loaded, and so does a script that was no script: whether anything came of it is
// told by the listener, and by what came in.
const inVain = (act) => act.then(() => { throw new Error('it loaded, and nothing came of it'); });

const code = {
  eval: () => (0, eval)(cameIn('eval')),
  Function: () => new Function(cameIn('Function'))(),
  'a timeout of text': quietly(() => setTimeout(cameIn('timeout'), 0)),
  'an inline script': quietly(() => put('script', {}, (one) => (one.textContent = cameIn('inline'))).catch(() => undefined)),
  'a script from there': () => put('script', { src: `${there}/script` }),
  'a script of data': () => put('script', { src: data(cameIn('data'), 'text/javascript') }),
  'a script of a blob': () => put('script', { src: blob(cameIn('blob'), 'text/javascript') }),
  'a handler in an attribute': quietly(() => {
    const button = document.createElement('button');
    button.setAttribute('onclick', cameIn('attribute'));
    document.body.append(button);
    button.click();
    button.remove();
  }),
  'a javascript: link': quietly(() => {
    const link = Object.assign(document.createElement('a'), { href: `javascript:${cameIn('link')}` });
    document.body.append(link);
    link.click();
    link.remove();
  }),
  'import from there': () => import(`${there}/script`),
  'import of data': () => import(data(cameIn('import'), 'text/javascript')),
  'import of a blob': () => import(blob(cameIn('import'), 'text/javascript')),
  'a worker from there': () => hears(new Worker(`${there}/script`), 'message'),
  'a worker of a blob': () => hears(new Worker(blob('postMessage(1)', 'text/javascript')), 'message'),
  'a worker of data': () => hears(new Worker(data('postMessage(1)', 'text/javascript')), 'message'),
  'a shared worker': () => hears(new SharedWorker(`${there}/script`), 'message'),
  'a shared worker of a blob': () => hears(new SharedWorker(blob('', 'text/javascript')), 'message'),
  'a service worker': () => navigator.serviceWorker.register('/script.js'),
  'an audio worklet': () => new AudioContext().audioWorklet.addModule(`${there}/script`),
  'a frame with its own text': () => inVain(put('iframe', { srcdoc: `<script>parent.${cameIn('srcdoc')}</` + `script><img src="${there}/srcdoc">` })),
  'a frame of data': () => inVain(put('iframe', { src: data(`<script>parent.${cameIn('frame')}</` + `script><img src="${there}/frame">`, 'text/html') })),
  'a frame of a script link': () => inVain(put('iframe', { src: `javascript:parent.${cameIn('frame')}` })),
};

const network = {
  fetch: () => fetch(`${there}/fetch`, { method: 'POST', body: 'words' }),
  'fetch without asking': () => fetch(`${there}/fetch`, { mode: 'no-cors', keepalive: true }),
  'fetch by name': () => fetch(`http://localhost:${port}/fetch`),
  'fetch from the shell’s other name': () => fetch('http://ipc.localhost/fetch', { mode: 'no-cors' }),
  XMLHttpRequest: () => request(`${there}/xhr`),
  'XMLHttpRequest, waited for': () => request(`${there}/xhr`, true),
  WebSocket: () => hears(new WebSocket(`ws://127.0.0.1:${port}/`), 'open'),
  EventSource: () => hears(new EventSource(`${there}/events`), 'open'),
  WebTransport: () => new WebTransport(`https://127.0.0.1:${port}/`).ready,
  sendBeacon: quietly(() => navigator.sendBeacon(`${there}/beacon`, 'words')),
  'an image': () => put('img', { src: `${there}/image?words` }),
  'an image of many sizes': () => put('img', { srcset: `${there}/image 1x, ${there}/image2 2x` }),
  'an image in a drawing': quietly(() => {
    const drawing = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${there}/svg" width="9" height="9"/><use href="${there}/use.svg#a"/></svg>`, 'image/svg+xml');
    document.body.append(document.importNode(drawing.documentElement, true));
  }),
  'an image to press': () => put('input', { type: 'image', src: `${there}/input` }),
  'a video': () => put('video', { src: `${there}/video`, preload: 'auto' }),
  'a picture before a video': quietly(() => void put('video', { poster: `${there}/poster` }).catch(() => undefined)),
  'a sound': () => put('audio', { src: `${there}/audio`, preload: 'auto' }),
  'an object': quietly(() => void put('object', { data: `${there}/object` }).catch(() => undefined)),
  'something embedded': quietly(() => void put('embed', { src: `${there}/embed` }).catch(() => undefined)),
  'a frame': quietly(() => void put('iframe', { src: `${there}/frame` }).catch(() => undefined)),
  'a style sheet': () => put('link', { rel: 'stylesheet', href: `${there}/style.css` }),
  'a style sheet of a blob': () => put('link', { rel: 'stylesheet', href: blob(`@import url(${there}/import.css)`, 'text/css') }),
  '@import': quietly(() => void put('style', {}, (one) => (one.textContent = `@import url(${there}/import.css);`)).catch(() => undefined)),
  'a url in a style': quietly(() => sheet(`body { background-image: url(${there}/css); cursor: url(${there}/cursor), auto; }`)),
  'a url in an attribute': quietly(() => document.body.style.setProperty('border-image-source', `url(${there}/style)`)),
  'a font in a style': quietly(() => { sheet(`@font-face { font-family: way-out; src: url(${there}/font); }`); sheet('body { font-family: way-out, serif; }'); }),
  'a font': () => new FontFace('way-out-too', `url(${there}/font)`).load(),
  preload: quietly(() => void put('link', { rel: 'preload', as: 'image', href: `${there}/preload` }).catch(() => undefined)),
  modulepreload: quietly(() => void put('link', { rel: 'modulepreload', href: `${there}/module` }).catch(() => undefined)),
  prefetch: quietly(() => void put('link', { rel: 'prefetch', href: `${there}/prefetch` }).catch(() => undefined)),
  preconnect: quietly(() => void put('link', { rel: 'preconnect', href: there }).catch(() => undefined)),
  'dns-prefetch': quietly(() => void put('link', { rel: 'dns-prefetch', href: '//way-out.pairwise.example' }).catch(() => undefined)),
  'an icon': quietly(() => void put('link', { rel: 'icon', href: `${there}/icon` }).catch(() => undefined)),
  'a manifest': quietly(() => void put('link', { rel: 'manifest', href: `${there}/manifest` }).catch(() => undefined)),
  'another base': quietly(() => void put('base', { href: `${there}/` }, () => undefined).catch(() => undefined)),
  'a call from page to page': async () => {
    const from = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
    from.createDataChannel('words');
    await from.setLocalDescription(await from.createOffer());
    return 'it called';
  },
};

const files = {
  'fetch file:': () => fetch(`file://${file}`),
  'XMLHttpRequest file:': () => request(`file://${file}`),
  'an image of file:': () => put('img', { src: 'file:///usr/share/pixmaps/debian-logo.png' }),
  'a frame of file:': quietly(() => void put('iframe', { src: 'file:///etc/hostname' }).catch(() => undefined)),
  'a script of file:': () => put('script', { src: `file://${file}` }),
  'a script of asset:': () => put('script', { src: `asset://localhost${file}` }),
  'import of file:': () => import(`file://${file}`),
  'fetch asset:': () => fetch(`asset://localhost${file}`),
  'fetch pack:': () => fetch(`pack://localhost${file}`),
  'fetch of our own files': () => fetch('tauri://localhost/index.html'),
  'fetch above our own files': () => fetch('tauri://localhost/../../../etc/hostname'),
  'an image above our own files': () => put('img', { src: 'tauri://localhost/..%2f..%2f..%2fusr/share/pixmaps/debian-logo.png' }),
  'a script above our own files': () => inVain(put('script', { src: `tauri://localhost/../../../../../..${file}` })),
  'a script above our own files, hidden': () => inVain(put('script', { src: `tauri://localhost/${'%2e%2e/'.repeat(6)}${file.slice(1)}` })),
  'a script above our own files, hidden twice': () => inVain(put('script', { src: `tauri://localhost/${'..%2f'.repeat(6)}${file.slice(1)}` })),
  'a script at the root of our own files': () => inVain(put('script', { src: `tauri://localhost/${file}` })),
};

const tryOne = async ([name, way]) => {
  const before = broken.length;
  try {
    const said = await way();
    return [name, broken.length > before ? `closed by ${broken.at(-1)}` : `OPEN: ${said instanceof Response ? said.status : String(said)}`];
  } catch (error) {
    return [name, `closed: ${broken.length > before ? broken.at(-1) : error}`];
  }
};
const tryAll = async () => {
  const ended = [];
  const patience = (name) => new Promise((done) => setTimeout(() => done([name, 'closed: it never ended']), 2000));
  for (const one of Object.entries({ code, network, files }[kind])) ended.push(await Promise.race([tryOne(one), patience(one[0])]));
  return ended;
};
return tryAll();

// Where the page begins.
import { mount } from "svelte";
import App from "./App.svelte";
import { takeLook } from "./shared/look";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

const target = document.getElementById("app");
// The theme first, so that nobody looks at a bright page in the dark.
void takeLook().then(() => target && mount(App, { target }));

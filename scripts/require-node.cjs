// Runs before every script that runs the program, on whatever Node the machine has: old syntax on purpose.
// It installs what is missing, and refuses a Node the program cannot run on, where npm itself would say nothing.
// Everything it prints goes to standard error: some of the scripts write data to standard output.
"use strict";

var childProcess = require("child_process");
var fs = require("fs");
var path = require("path");

var root = path.join(__dirname, "..");
var wanted = 24;

/** Runs npm in the project's folder, quiet on standard output and without touching standard input. */
function npm(args) {
  var cli = process.env.npm_execpath;
  var command = cli ? process.execPath : "npm";
  return childProcess.spawnSync(command, cli ? [cli].concat(args) : args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: !cli && process.platform === "win32",
  }).status;
}

/** The major version of the Node that npm scripts will use: the project's own, if it is there. */
function major() {
  var found = childProcess.spawnSync("node", ["--version"], { encoding: "utf8" });
  return Number((found.stdout || "v0").replace(/^v/, "").split(".")[0]);
}

function fail(lines) {
  process.stderr.write("\n" + lines.join("\n") + "\n\n");
  process.exit(1);
}

// npm writes this file last, so an interrupted installation is started again.
if (!fs.existsSync(path.join(root, "node_modules", ".package-lock.json"))) {
  process.stderr.write("Installing dependencies (once) ...\n");
  if (npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"]) !== 0) {
    fail(["The dependencies could not be installed. Run `npm ci` and read what it says."]);
  }
}

// npm 12 and --ignore-scripts skip the step that puts Node 24 in place, and exit 0.
if (major() < wanted && fs.existsSync(path.join(root, "node_modules", "node"))) npm(["rebuild", "node"]);

if (major() < wanted) {
  fail([
    "This program needs Node " + wanted + " or newer; this shell has Node " + process.versions.node + ".",
    "`npm ci` normally brings its own copy. If install scripts are blocked here, run `npm rebuild node`,",
    "or install Node " + wanted + " from https://nodejs.org.",
  ]);
}

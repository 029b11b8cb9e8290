import { contextBridge } from 'electron';

const PREFIX = '--shell-version=';
const version = process.argv.find((argument) => argument.startsWith(PREFIX))?.slice(PREFIX.length) ?? '';

/** All that a page has from the shell and not from its agent: by it a page knows that it is in one. */
contextBridge.exposeInMainWorld('shell', { version });

import { config } from 'zod/v4/core';

// zod tries `new Function` as each object schema is made; our pages forbid it, and every try is an error in the console.
config({ jitless: true });

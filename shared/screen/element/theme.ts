/**
 * Imported first in the main.ts of a page that uses Element Plus. Components are then taken one by one, each with
 * its style, so that a page carries only what it uses:
 *
 *   import { ElSelect } from 'element-plus/es/components/select/index.mjs';
 *   import 'element-plus/es/components/select/style/css.mjs';
 */
import 'element-plus/theme-chalk/base.css';
import './theme.css';

import { getRequestListener } from '@hono/node-server';
import { createApp } from '../../../functions/web/app.ts';
import { siteOf } from '../../../functions/web/http/site.ts';
import { form } from '../../../functions/web/layout/components.ts';
import { html, raw } from '../../../functions/web/layout/html.ts';
import { renderPage } from '../../../functions/web/layout/page.ts';
import type { View } from '../../../functions/web/layout/view.ts';
import { openIdProvider } from '../../../functions/web/sign-in/identity-provider.ts';
import type { DataFolder } from '../data-folder.ts';

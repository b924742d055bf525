import type { Text } from '../../../domain/text.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

/** A row of a summary list; the link's hidden words say what it changes. */
export interface Pair {
  readonly key: Text;
  readonly value: Html | string;
  /** Where a link leads to this row. */
  readonly id?: string;
  readonly action?: { readonly path: string; readonly label: Text } | undefined;
}

export function summaryList(view: View, pairs: readonly Pair[]): Html {
  return html`<dl class="pairs">${pairs.map(
    ({ key, value, id, action }) =>
      html`<div${id === undefined ? nothing : html` id="${id}"`}><dt>${view.t(key)}</dt><dd>${value}</dd>${
        action === undefined
          ? nothing
          : html`<dd><a href="${view.href(action.path)}">${view.t(action.label)}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${view.t(key)}</span></a></dd>`
      }</div>`,
  )}</dl>`;
}

/** Content of an empty cell; the blocks of a narrow screen leave it out. */
export const noValue = '–';

export interface Column<Row> {
  readonly name: Text;
  readonly cell: (row: Row) => Html | string | number;
  readonly number?: boolean;
}

/**
 * A table; the first column names its row. On a narrow screen each row becomes a block in which every cell says its
 * column's name, so that nothing scrolls sideways.
 */
export function table<Row>(
  view: View,
  {
    caption,
    columns,
    rows,
    even,
  }: {
    caption: Text;
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    /** Columns of the same width as in the other tables of the page. */
    even?: boolean;
  },
): Html {
  const numeric = (column: Column<Row>) => (column.number === true ? html` class="number"` : nothing);
  const cell = (column: Column<Row>, index: number, row: Row) => {
    const value = column.cell(row);
    const content = html`<span class="cell-name" aria-hidden="true">${view.t(column.name)}${view.t({ fr: ' : ', en: ': ' })}</span>${value}`;
    if (index === 0) return html`<th scope="row" role="rowheader">${content}</th>`;
    return html`<td role="cell"${value === noValue ? html` class="none"` : numeric(column)}>${content}</td>`;
  };
  // Roles are repeated because a table shown as blocks loses its own.
  return html`<table class="fold${even === true ? ' even' : ''}" role="table"><caption>${view.t(caption)}</caption>
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader"${numeric(column)}>${view.t(column.name)}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${columns.map((column, index) => cell(column, index, row))}</tr>`)}</tbody></table>`;
}

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** A state as a tag; the colour repeats what the words say. */
export function tag(view: View, label: Text, tone: Tone = 'plain'): Html {
  return html`<strong class="tag${tone === 'plain' ? '' : ` ${tone}`}">${view.t(label)}</strong>`;
}

/** `more` comes below the sentence: a list or a link. */
export function banner(
  view: View,
  content: Html | string,
  tone: 'plain' | 'good' = 'plain',
  more: Html = nothing,
): Html {
  const title =
    tone === 'good' ? { fr: 'C’est enregistré', en: 'Saved' } : { fr: 'Important', en: 'Important' };
  const heading = (id: string) => html`<h2 id="${id}">${view.t(title)}</h2><p>${content}</p>${more}`;
  return tone === 'good'
    ? html`<div class="banner good" role="status" aria-labelledby="done-title">${heading('done-title')}</div>`
    : html`<section class="banner" aria-labelledby="banner-title">${heading('banner-title')}</section>`;
}

/** Links of a list with a cursor: first page and next page; the browser's Back leads to previous pages. */
export function pagination(view: View, { path, cursor }: { path: string; cursor: string | undefined }): Html {
  const here = new URL(view.path, 'http://page.invalid').searchParams.has('cursor');
  if (!here && cursor === undefined) return nothing;
  const next = new URL(path, 'http://page.invalid');
  next.searchParams.set('cursor', cursor ?? '');
  return html`<nav class="pages" aria-label="${view.t({ fr: 'Pages de la liste', en: 'Pages of the list' })}">${
    here
      ? html`<a href="${view.href(path)}">${view.t({ fr: 'Première page', en: 'First page' })}</a>`
      : nothing
  }${cursor === undefined ? nothing : html`<a href="${view.href(`${next.pathname}${next.search}`)}" rel="next">${view.t({ fr: 'Page suivante', en: 'Next page' })}</a>`}</nav>`;
}

/** A link that looks like a button; it changes nothing. */
export function linkButton(view: View, path: string, label: Text, look: 'first' | 'second' = 'first'): Html {
  return html`<a class="button${look === 'first' ? '' : ' second'}" href="${view.href(path)}">${view.t(label)}</a>`;
}

export interface Button {
  readonly label: Text;
  readonly look?: 'first' | 'second' | 'danger';
  /** The field that this button adds to the form. */
  readonly name?: string;
  readonly value?: string;
}

export function button(view: View, { label, look = 'first', name, value }: Button): Html {
  return html`<button type="submit" class="button${look === 'first' ? '' : ` ${look}`}"${name === undefined ? nothing : html` name="${name}" value="${value ?? ''}"`}>${view.t(label)}</button>`;
}

/** Id of the form that the language switch sends, so that a change of language loses nothing that was typed. */
export const keptForm = 'kept';

/** The Enter key presses the first button of a form, wherever it is on the page: that must not be a language. */
export function enterButton(view: View): Html {
  return html`<button type="submit" class="enter" form="${keptForm}" tabindex="-1" aria-hidden="true">${view.t({ fr: 'Envoyer', en: 'Send' })}</button>`;
}

/** A form with the session's CSRF proof; the server, not the browser, reports its problems. */
export function form(
  view: View,
  {
    action,
    content,
    buttons,
    upload,
    kept,
    inline,
  }: {
    action: string;
    content: Html;
    buttons: readonly Button[];
    upload?: boolean;
    /** The form is redisplayed with its entries when it is refused; one form of a page at most. */
    kept?: boolean;
    /** The button is beside the only field. */
    inline?: boolean;
  },
): Html {
  return html`<form${kept === true ? html` id="${keptForm}"` : nothing}${inline === true ? html` class="inline"` : nothing} method="post" action="${view.href(action)}" novalidate${upload === true ? html` enctype="multipart/form-data"` : nothing}>${view.csrf === undefined ? nothing : html`<input type="hidden" name="_csrf" value="${view.csrf}">`}${view.viewer.kind === 'customer' ? html`<input type="hidden" name="_for" value="${view.viewer.reference}">` : nothing}
${content}
<div class="actions">${buttons.map((one) => button(view, one))}</div>
</form>`;
}

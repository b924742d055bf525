import { createHash } from 'node:crypto';
import { retryScript } from './retry-script.ts';
import { declarationsOf, themes } from './tokens.ts';

/**
 * The whole style of the product: system fonts, no images, nothing that a page needs to be read. Colours are roles of
 * tokens.ts. Rows of choices are whole targets of at least 44 CSS pixels, every other target has 24 or more (WCAG 2.2,
 * success criterion 2.5.8). What folds on a narrow page asks for the width of the page in its own text size, so that large
 * text folds it too. In forced colours only borders and outlines stay: whatever must be told apart has one.
 */
export const stylesheet = `
:root{color-scheme:light dark;${declarationsOf(themes.light)}}
@media screen and (prefers-color-scheme:dark){:root{${declarationsOf(themes.dark)}}}
*,*::before,*::after{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%;scroll-padding:1rem}
body{margin:0;overflow-wrap:break-word;display:flex;flex-direction:column;min-height:100vh}
h1,h2,h3{line-height:1.25;margin:2rem 0 .75rem;text-wrap:balance}
h1{font-size:1.625rem;line-height:1.2;letter-spacing:-.01em;margin:1rem 0}h2{font-size:1.3rem}h3{font-size:1.1rem;margin-top:1.5rem}
p,ul,ol,dl{margin:0 0 1rem}
main li{margin:.25rem 0}
p,li,.hint,dd,h1,h2{max-width:42rem}
a{color:var(--link);text-underline-offset:.15em}
main a,footer a{padding:.2rem 0}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid var(--ink);outline-offset:0;box-shadow:0 0 0 6px var(--focus)}
main:focus-visible{outline:0;box-shadow:none}
.wide{width:100%;max-width:66rem;margin:0 auto;padding-left:1rem;padding-right:1rem}
.skip,.enter{position:absolute;left:-999rem}
.skip{padding:.75rem 1rem;background:var(--paper)}
.skip:focus{left:0;top:0;z-index:1}
.top{background:var(--brand);color:var(--on-brand);border-bottom:1px solid var(--line)}
.top a,.plain{color:inherit}
.top :focus-visible{outline-color:var(--focus);box-shadow:none}.bar :focus-visible{outline-color:var(--ink)}
.top .wide{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;padding-top:.75rem;padding-bottom:.75rem}
.masthead{display:flex;align-items:center;gap:.75rem;margin-right:auto}
.masthead svg{flex:none;width:2.5rem;height:2.5rem}
.brand{display:block;font-weight:700;font-size:1.2rem;line-height:1.25;text-decoration:none;padding:.15rem 0}
.brand:hover{text-decoration:underline}
.service{display:block;font-size:.9rem;line-height:1.25}
.bar{color:var(--ink);background:var(--tint);font-size:.95rem}
.top .bar .wide{padding-top:.4rem;padding-bottom:.4rem}
.bar .wide>:first-child{margin-right:auto}
.menu{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
.menu a,.menu span{display:inline-block;padding:.25rem 0;min-height:1.75rem}
[aria-current]{font-weight:700}
main .menu{margin:0 0 1rem}main .menu li{margin:0}
.code{white-space:nowrap}
.menu [aria-current]{text-decoration:underline;text-decoration-thickness:.2em}
.top form{margin:0}
.plain{font:inherit;background:none;border:0;padding:.25rem 0;min-height:1.75rem;text-decoration:underline;cursor:pointer}
.plain[aria-current]{font-weight:700}
main{flex:1;padding-top:1rem;padding-bottom:4rem;container-type:inline-size}
.cell-name{display:none}
.back{display:inline-block;padding:.25rem 0}
.back::before{content:"← ";content:"← "/""}
footer{border-top:1px solid var(--line);background:var(--tint);padding:1.5rem 0 2rem}
footer h2{margin:0 0 .5rem;font-size:1.1rem}
footer p:last-child{margin:0}
.hint,.soft{color:var(--soft)}
.field,fieldset{margin:0 0 1.5rem;padding:0;border:0;min-width:0}
.label,legend{display:block;font-weight:700;padding:0;margin:0 0 .25rem;max-width:42rem}
legend h1,.label h1,h1.label{margin:.5rem 0 1rem}
h1 label{font-weight:inherit}
.hint{display:block;margin:0 0 .5rem}
input[type=text],input[type=email],input[type=search],select,textarea{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--field);border-radius:4px;padding:.4rem .6rem;width:100%;max-width:28rem;min-height:2.75rem}
textarea{display:block;max-width:42rem;min-height:6.5rem;resize:vertical}
input.short{max-width:9rem}input.day{max-width:4rem}input.year{max-width:6rem}
.figure,.line{display:flex;flex-wrap:wrap;align-items:center;gap:0 .5rem;max-width:34rem}.figure>*,.line>*{flex:0 0 100%;min-width:0}
.figure>input{flex:0 1 7rem}.figure>label{flex:none}.figure>select{flex:1 1 8rem;max-width:14rem}
.line>.label{flex:0 0 5rem;margin:0}.line>input{flex:1 1 10rem}
.group .line{margin-bottom:.5rem}
.parts{display:flex;flex-wrap:wrap;gap:.75rem}
.parts label{display:block}
.choice{position:relative;display:flex;gap:.75rem;min-height:2.75rem;padding:.6rem .75rem;margin:-1px 0 0;border:1px solid var(--line);max-width:42rem}
.choice:first-of-type{border-radius:4px 4px 0 0;margin-top:.5rem}.choice:last-of-type{border-radius:0 0 4px 4px}.choice:only-of-type{border-radius:4px}
.choice:hover{background:var(--tint)}
.choice:has(:checked){z-index:1;border-color:var(--action);background:var(--tint)}
.choice>div{min-width:0;flex:1}
.choice input{position:relative;z-index:1;flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:var(--action)}
td [type=checkbox]{width:1.5rem;height:1.5rem;accent-color:var(--action)}
.choice label::before{content:"";position:absolute;inset:0}
.choice .hint{margin:.15rem 0 0}
.question{border-top:1px solid var(--line);padding-top:1.25rem;margin-top:1.5rem}
.question>:last-child{margin-bottom:0}
.question+fieldset,.question+.actions{margin-top:1.5rem}
.known,.saved{margin:0 0 .35rem;color:var(--soft)}
.step{margin:1rem 0 0;color:var(--soft)}
@supports selector(:has(*)){.group:not(:has(.opens:checked))>.only-if{display:none}}
.group>legend,.question>fieldset>legend,.question>.field>.label{font-size:1.1rem}
.group .group{border-left:3px solid var(--line);padding-left:1rem}
.group .group>legend{float:left;width:100%}.group .group>legend+*{clear:both}
.group .group.wrong{border-left:5px solid var(--error)}
.group .group>legend,.group fieldset>legend,.group .field>.label{font-size:1rem}
.group .group .label,.group .row legend{font-weight:400}
.group>.hint{margin-bottom:.75rem}
.row{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem}
.row>fieldset{margin-bottom:.5rem}
.progress{color:var(--soft);font-weight:700;margin:.5rem 0 0}
.progress+h1,.progress+form legend h1{margin-top:.25rem}
.tasks{list-style:none;margin:0 0 1.5rem;padding:0;border-top:1px solid var(--line)}
.tasks li{position:relative;display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1.5rem;align-items:start;padding:.85rem 0;margin:0;border-bottom:1px solid var(--line);max-width:none}
.tasks a{display:inline-block;min-height:1.5rem;font-weight:700}
.tasks li:hover{background:var(--tint)}
.next{border:1px solid var(--line);border-left:6px solid var(--action);border-radius:4px;background:var(--tint);padding:1.25rem;margin:0 0 2rem;max-width:46rem}
.next>:first-child{margin-top:0}.next>:last-child{margin-bottom:0}
.next h2{font-size:1.2rem}
.date{font-size:1.5rem;line-height:1.25;font-weight:700;margin:0 0 .25rem}
.journey{list-style:none;margin:0 0 2rem;padding:0}
.journey li{position:relative;margin:0;padding:0 0 .9rem 2.25rem}
.journey li::before{content:"";position:absolute;left:.2rem;top:.2rem;width:1.1rem;height:1.1rem;border:2px solid var(--field);border-radius:50%;background:var(--paper)}
.journey li::after{content:"";position:absolute;left:.7rem;top:1.4rem;bottom:-.2rem;border-left:2px solid var(--line)}
.journey li:last-child::after{display:none}
.journey .done::before{border-color:var(--action);background:var(--action)}
.journey .done::after{border-color:var(--action)}
.journey [aria-current]::before{border:6px solid var(--action)}
.journey .soft{display:block;font-weight:400}
.timeline{padding-left:2rem}.timeline li{margin:0 0 .75rem}
.wrong{border-left:5px solid var(--error);padding-left:1rem}
.wrong input[type=text],.wrong input[type=email],.wrong select,.wrong textarea{border-color:var(--error)}
.problem{display:block;color:var(--error);font-weight:700;margin:0 0 .35rem}
.summary,.banner{border:3px solid var(--error);border-radius:4px;padding:1rem 1.25rem;margin:1rem 0 1.5rem;max-width:46rem}
.summary h2,.banner h2{font-size:1.2rem;margin:0 0 .5rem}
.summary ul{margin:0;padding-left:1.2rem}
.summary a{color:var(--error);font-weight:700;display:inline-block;vertical-align:top;padding:.1rem 0}
.banner{border-color:var(--action)}.banner.good{border-color:var(--good)}
.banner>:last-child{margin-bottom:0}
.button{display:inline-block;font:inherit;font-weight:700;color:var(--on-action);background:var(--action);border:2px solid var(--action);border-radius:4px;padding:.55rem 1.25rem;min-height:2.75rem;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{background:var(--hover);border-color:var(--hover)}
.button.second{color:var(--action);background:var(--paper)}.button.second:hover{background:var(--tint);border-color:var(--hover)}
.button.danger{color:var(--on-error);background:var(--error);border-color:var(--error)}
.inline{display:flex;flex-wrap:wrap;align-items:end;gap:0 .75rem}.inline .field{flex:0 1 28rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:0 0 1.5rem}
.tag{display:inline-block;font-size:.9rem;font-weight:700;padding:.05rem .55rem;border:1px solid transparent;border-radius:4px;background:var(--plain-tag);color:var(--on-plain-tag)}
.tag.good{background:var(--good-tag);color:var(--on-good-tag)}.tag.warn{background:var(--warn-tag);color:var(--on-warn-tag)}.tag.bad{background:var(--bad-tag);color:var(--on-bad-tag)}
.pairs{border-top:1px solid var(--line)}
.pairs>div{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.6fr) minmax(5rem,auto);gap:.25rem 1.5rem;padding:.7rem 0;border-bottom:1px solid var(--line)}
.pairs dt{font-weight:700}.pairs dd{margin:0}.pairs dd+dd{text-align:right}.pairs a{display:inline-block;min-height:1.5rem;padding:0}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
caption{text-align:left;font-weight:700;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.6rem 1rem .6rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.95rem;color:var(--soft);border-bottom:2px solid var(--field);vertical-align:bottom}
table.even,.month{table-layout:fixed}.month th,.month td{padding-right:.4rem}table.even th:first-child{width:34%}table.even th:nth-child(2),table.even th:last-child{width:14%}
.top,.summary,h1,legend,dd,.button,.data{overflow-wrap:anywhere}
.number{text-align:right;font-variant-numeric:tabular-nums}
.pages{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1rem 0}
.pages>*{padding:.25rem 0}
pre{font:inherit;max-width:46rem;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--tint);padding:1rem;margin:0 0 1rem}
details{margin:0 0 1rem;max-width:46rem}
summary{cursor:pointer;padding:.25rem 0;min-height:1.75rem;color:var(--link);text-decoration:underline;text-underline-offset:.15em}
details[open]>summary{margin-bottom:.5rem}
details>:not(summary){margin-left:.3rem;padding-left:1rem;border-left:4px solid var(--line)}
details>ul{padding-left:2rem}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){
.top>.wide{flex-wrap:nowrap;gap:.75rem}
.top .wide,.top .bar .wide{padding-top:.35rem;padding-bottom:.35rem}
.top>.wide li:has([aria-current]),.service{display:none}
.masthead,.top .menu,.top .bar .wide{column-gap:.6rem}.top>.wide nav{white-space:nowrap}
.masthead svg{width:1.75rem;height:1.75rem}
.brand{font-size:1rem}
.bar .wide{row-gap:0}.bar .wide>span{order:1;width:100%}
main{padding-top:.5rem;padding-bottom:1.5rem}
h1,legend h1,.label h1,h1.label{margin:.5rem 0 .75rem}
.step{margin-top:.5rem}.choice{padding:.5rem .6rem}
h2{margin:1.5rem 0 .5rem}.next{padding:1rem;margin-bottom:1.5rem}.next p{margin-bottom:.6rem}.tasks li{padding:.6rem 0}
.field,fieldset,.actions{margin-bottom:1rem}
footer{padding:.75rem 0}
footer .menu{gap:0 1rem}footer p{margin-bottom:.5rem}footer .menu a{min-height:1.5rem;padding:0}
}
@container (max-width:38rem){
.tasks li{grid-template-columns:minmax(0,1fr)}.pairs>div{grid-template-columns:minmax(0,1fr) auto;gap:.1rem .75rem;padding:.5rem 0}.pairs dt{grid-column:1/3}
.button{width:100%}
table.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.fold,table.fold tbody,table.fold tr,table.fold th,table.fold td,table.fold caption{display:block}
table.fold tr{border-bottom:2px solid var(--line);padding:.5rem 0}
table.fold th,table.fold td{width:auto!important;border:0;padding:.15rem 0;text-align:left}
table.fold .cell-name{display:inline;font-weight:700}
table.fold .none{display:none}
}
@media (min-width:40.01rem){
h1{font-size:2.125rem;margin:1.25rem 0}main>h2{font-size:1.5rem}h3{font-size:1.2rem}
.wide{padding-left:2rem;padding-right:2rem}
.top .wide{padding-top:1rem;padding-bottom:1rem}
main{padding-top:1.5rem}
.next{padding:1.5rem 1.75rem}
}
@container (min-width:56rem){
.split{display:grid;grid-template-columns:minmax(0,2fr) minmax(16rem,1fr);gap:0 3rem;align-items:start}
.split>section>h2{margin-top:.5rem}
}
@media print{
html{font-size:10.5pt}
.skip,.top nav,.top form,footer,.button,.back,.actions,summary::marker{display:none}
.top{background:none;color:#000;border-bottom:2pt solid #000}.bar,.next,.choice,pre{background:none}
.wide{max-width:none;padding:0}.bar .wide,.top .wide{padding:4pt 0}
main{padding:0}a,summary{color:inherit;text-decoration:none}
main a[href^=http]::after{content:" (" attr(href) ")"}
details::details-content{content-visibility:visible;display:block}
h1,h2,h3,legend,summary,caption{break-after:avoid}
.question,.choice,.next,.pairs>div,li,tr{break-inside:avoid}
thead{display:table-header-group}
.tag{border-color:#000}
}
@media (forced-colors:active){
:focus-visible,.top :focus-visible{outline-color:Highlight}
.journey .done::before{background:CanvasText;border-color:CanvasText;forced-color-adjust:none}
.choice:has(:checked){border:2px solid Highlight}
.button:not(.second){forced-color-adjust:none;color:ButtonFace;background:ButtonText;border-color:ButtonText}
}
`.trim();

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#123f6b"/><path d="M9 22a5 5 0 0 1 .6-9.9 7 7 0 0 1 13.2 1.6A4.3 4.3 0 0 1 22.5 22z" fill="#fff"/></svg>';

function named(content: string, extension: string): string {
  return `${createHash('sha256').update(content).digest('hex').slice(0, 16)}.${extension}`;
}

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

/** Files that pages load, named after their content so that they may be kept for a year. */
export const assets = {
  stylesheet: {
    path: `/assets/${named(stylesheet, 'css')}`,
    type: 'text/css; charset=utf-8',
    content: stylesheet,
  },
  retry: {
    path: `/assets/${named(retryScript, 'js')}`,
    type: 'text/javascript; charset=utf-8',
    content: retryScript,
  },
  icon: { path: `/assets/${named(icon, 'svg')}`, type: 'image/svg+xml', content: icon },
} as const satisfies Readonly<Record<string, Asset>>;

import { createHash } from 'node:crypto';

/**
 * The whole style of the product: system fonts, no images, nothing that a page needs to be read.
 * Text contrast is 4.5:1 or more, that of borders of fields and of the focus ring 3:1 or more; targets are at least
 * 24 CSS pixels high (WCAG 2.2, success criteria 1.4.3, 1.4.11, 2.4.11 and 2.5.8).
 */
export const stylesheet = `
:root{--ink:#16202c;--soft:#4a5663;--line:#c3cbd3;--field:#5b6875;--paper:#fff;--tint:#f2f5f8;--brand:#123f6b;--link:#0b56a4;--error:#b1121d;--good:#0b6b3a;--warn:#7a4a00;--focus:#ffd23f}
*,*::before,*::after{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%;scroll-padding:1rem}
body{margin:0;overflow-wrap:break-word;display:flex;flex-direction:column;min-height:100vh}
h1,h2,h3{line-height:1.25;margin:1.5rem 0 .75rem}
h1{font-size:1.75rem}h2{font-size:1.3rem}h3{font-size:1.1rem}
p,ul,ol,dl{margin:0 0 1rem}
main li{margin:.25rem 0}
p,li,.hint,dd{max-width:42rem}
a{color:var(--link);text-underline-offset:.15em}
main a,footer a{padding:.2rem 0}
a:hover{text-decoration-thickness:.15em}
:focus-visible{outline:3px solid var(--ink);outline-offset:0;box-shadow:0 0 0 6px var(--focus)}
.wide{width:100%;max-width:66rem;margin:0 auto;padding-left:1rem;padding-right:1rem}
.skip,.enter{position:absolute;left:-999rem}
.skip{padding:.75rem 1rem;background:var(--paper)}
.skip:focus{left:0;top:0;z-index:1}
.top{background:var(--brand);color:#fff}
.top a{color:#fff}
.top .wide,.bar{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:center;padding-top:.5rem;padding-bottom:.5rem}
.brand{font-weight:700;font-size:1.1rem;margin-right:auto;text-decoration:none;display:inline-block;padding:.25rem 0}
.menu{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:0;padding:0}
.menu a,.menu span{display:inline-block;padding:.25rem 0;min-height:1.75rem}
[aria-current]{font-weight:700}
main .menu{margin:0 0 1rem}main .menu li{margin:0}
.code{white-space:nowrap}
.menu [aria-current]{text-decoration:underline;text-decoration-thickness:.2em}
.top form{margin:0}
.plain{font:inherit;color:inherit;background:none;border:0;padding:.25rem 0;min-height:1.75rem;text-decoration:underline;cursor:pointer}
.plain[aria-current]{font-weight:700}
main{flex:1;padding-top:.5rem;padding-bottom:3rem}
.back{display:inline-block;padding:.25rem 0;margin-top:.5rem}
.back::before{content:"← ";content:"← "/""}
footer{border-top:1px solid var(--line);background:var(--tint);padding:1rem 0 2rem}
footer h2{margin-top:.5rem}
.hint,.soft{color:var(--soft)}
.field,fieldset{margin:0 0 1.5rem;padding:0;border:0;min-width:0}
.label,legend{display:block;font-weight:700;padding:0;margin:0 0 .25rem;max-width:42rem}
legend h1,.label h1{margin:0 0 .25rem}
main>form:first-child{margin-top:1rem}
h1 label{font-weight:inherit}
.hint{display:block;margin:0 0 .35rem}
input[type=text],input[type=email],input[type=search],select,textarea{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--field);border-radius:3px;padding:.4rem .5rem;width:100%;max-width:28rem;min-height:2.75rem}
textarea{display:block;max-width:42rem;min-height:6.5rem;resize:vertical}
input.short{max-width:9rem}input.day{max-width:4rem}input.year{max-width:6rem}
.parts{display:flex;flex-wrap:wrap;gap:.75rem}
.parts label{display:block}
.choice{display:flex;gap:.6rem;align-items:flex-start;margin:0 0 .4rem;padding:.3rem 0}
.choice>div{min-width:0}
.choice input{flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:var(--brand)}
.choice label{padding-top:.05rem;max-width:40rem}
.question{border-top:1px solid var(--line);padding-top:1.25rem;margin-top:1.5rem}
.question>:last-child{margin-bottom:0}
.question+.actions{margin-top:1.5rem}
.known{margin:0 0 .35rem}
.group>legend,.question>fieldset>legend,.question>.field>.label{font-size:1.1rem}
.group .group{border-left:3px solid var(--line);padding-left:1rem}
.group .group.wrong{border-left:5px solid var(--error)}
.group .group>legend,.group fieldset>legend,.group .field>.label{font-size:1rem}
.group .group .label,.group .row legend{font-weight:400}
.group>.hint{margin-bottom:.75rem}
.row{display:flex;flex-wrap:wrap;gap:.25rem 2.5rem}
.row>fieldset{margin-bottom:.5rem}
.tasks{list-style:none;margin:0 0 1.5rem;padding:0;border-top:1px solid var(--line)}
.tasks li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.25rem 1rem;padding:.75rem 0;margin:0;border-bottom:1px solid var(--line);max-width:none}
.tasks a{display:inline-block;min-height:1.5rem;font-weight:700}
.next{border-left:5px solid var(--brand);background:var(--tint);padding:1rem 1.25rem;margin:0 0 1.5rem;max-width:46rem}
.next>:first-child{margin-top:0}.next>:last-child{margin-bottom:0}
.timeline{padding-left:2rem}.timeline li{margin:0 0 .75rem}
.wrong{border-left:5px solid var(--error);padding-left:1rem}
.wrong input[type=text],.wrong input[type=email],.wrong select,.wrong textarea{border-color:var(--error)}
.problem{display:block;color:var(--error);font-weight:700;margin:0 0 .35rem}
.summary,.banner{border:3px solid var(--error);padding:1rem 1.25rem;margin:1rem 0 1.5rem;max-width:46rem}
.summary h2,.banner h2{margin:0 0 .5rem}
.summary ul{margin:0;padding-left:1.2rem}
.summary a{color:var(--error);font-weight:700;display:inline-block;vertical-align:top;padding:.1rem 0}
.banner{border-color:var(--brand)}.banner.good{border-color:var(--good)}
.banner>:last-child{margin-bottom:0}
.button{display:inline-block;font:inherit;font-weight:700;color:#fff;background:var(--brand);border:2px solid var(--brand);border-radius:3px;padding:.55rem 1.1rem;min-height:2.75rem;text-decoration:none;cursor:pointer}
.button:hover{background:#0b2d4f}
.button.second{color:var(--brand);background:var(--paper)}.button.second:hover{background:var(--tint)}
.button.danger{background:var(--error);border-color:var(--error)}
.inline{display:flex;flex-wrap:wrap;align-items:end;gap:0 .75rem}.inline .field{flex:0 1 28rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:0 0 1.5rem}
.tag{display:inline-block;font-size:.9rem;font-weight:700;padding:.05rem .55rem;border-radius:3px;background:#e3eaf1;color:#123f6b}
.tag.good{background:#dff1e6;color:#084d2a}.tag.warn{background:#fdeed3;color:#5c3800}.tag.bad{background:#fbe3e4;color:#8a0d16}
.pairs{border-top:1px solid var(--line)}
.pairs>div{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.6fr) minmax(5rem,auto);gap:.25rem 1rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
.pairs dt{font-weight:700}.pairs dd{margin:0}.pairs a{display:inline-block;min-height:1.5rem;padding:0}
table{border-collapse:collapse;width:100%;margin:0 0 1rem}
caption{text-align:left;font-weight:700;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
table.even{table-layout:fixed}table.even th:first-child{width:34%}table.even th:nth-child(2),table.even th:last-child{width:14%}
td .data{overflow-wrap:anywhere}
.number{text-align:right;font-variant-numeric:tabular-nums}
.pages{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1rem 0}
.pages a{padding:.25rem 0}
pre{font:inherit;max-width:46rem;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--tint);padding:1rem;margin:0 0 1rem}
details{margin:0 0 1rem}summary{cursor:pointer;padding:.25rem 0;min-height:1.75rem;color:var(--link)}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:40rem){
h1{font-size:1.5rem}
.top .wide{column-gap:1rem}.top .menu{column-gap:.75rem}
.pairs>div,.tasks li{grid-template-columns:minmax(0,1fr)}
table.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table.fold,table.fold tbody,table.fold tr,table.fold th,table.fold td,table.fold caption{display:block}
table.fold tr{border-bottom:2px solid var(--line);padding:.5rem 0}
table.fold th,table.fold td{width:auto!important;border:0;padding:.15rem 0;text-align:left}
table.fold .cell-name{display:inline;font-weight:700}
table.fold .none{display:none}
}
@media (min-width:40.01rem){.cell-name{display:none}}
@media print{.skip,.top nav,.top form,footer,.button,.back,.actions{display:none}.top{background:none;color:#000}body{font-size:11pt}a{color:inherit}}
@media (forced-colors:active){:focus-visible{outline-color:Highlight}}
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
  icon: { path: `/assets/${named(icon, 'svg')}`, type: 'image/svg+xml', content: icon },
} as const satisfies Readonly<Record<string, Asset>>;

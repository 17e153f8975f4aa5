import process from "node:process";
import { featureColumns } from "../feature-columns.ts";
import { createRandom } from "../../../synthetic/random.ts";
const N=1_000_000;
const {gaussian,uniform}=createRandom(1);
const col=()=>new Float64Array(N);
const c:any={}; for (const n of ["close-y","high-y","low-y","volume-y","close-x","high-x","low-x","volume-x"]) c[n]=col();
let common=4, apart=0;
for (let t=0;t<N;t++){common+=0.001*gaussian();apart=0.99*apart+0.001*gaussian();c["close-y"][t]=Math.exp(common+apart);c["close-x"][t]=Math.exp(common);c["high-y"][t]=c["close-y"][t]*1.001;c["low-y"][t]=c["close-y"][t]*.999;c["volume-y"][t]=100*uniform();}
const bars={openTimeMs:Float64Array.from({length:N},(_,t)=>t*60000),columns:c};
const spread={kind:"rolling",windowBars:500,price:"log"} as const;
const cpu=(f:()=>void)=>{let best=1e9;for(let i=0;i<6;i++){const a=process.cpuUsage();f();const b=process.cpuUsage(a);best=Math.min(best,(b.user+b.system)/1e6);}return best;};
const of="close-y";
const base=cpu(()=>featureColumns(bars,[{kind:"column",of}],null));
console.log("column",base);
const list:any[]=[["lag5",{kind:"lag",of,lagBars:5}],["delta",{kind:"delta",of,lagBars:5}],["ret log",{kind:"return",of,lagBars:1,form:"log"}],["ret simple",{kind:"return",of,lagBars:1,form:"simple"}],
["sma5",{kind:"sma",of,periodBars:5}],["sma10",{kind:"sma",of,periodBars:10}],["sma30",{kind:"sma",of,periodBars:30}],["sma200",{kind:"sma",of,periodBars:200}],["ema12",{kind:"ema",of,periodBars:12}],["ema100",{kind:"ema",of,periodBars:100}],["rsi14",{kind:"rsi",of,periodBars:14}],["macd",{kind:"macd",of,fastBars:12,slowBars:26,signalBars:9,line:"histogram"}],["boll",{kind:"bollinger",of,periodBars:20,deviations:2,measure:"position"}],["atr",{kind:"atr",instrument:"y",periodBars:14,scale:"share-of-close"}],["z60",{kind:"z-score",of,windowBars:60}],["dev",{kind:"deviation",of,windowBars:60}],["hl",{kind:"half-life",of,windowBars:120}],["vol",{kind:"volume",of:"volume-y",periodBars:20}],["hour",{kind:"time",cycle:"hour-of-day",wave:"sine",calendar:"continuous"}],["day",{kind:"time",cycle:"day-of-week",wave:"sine",calendar:"continuous"}],["diff",{kind:"difference",of,minus:"close-x"}],["cross",{kind:"crossover",of,over:"close-x"}]];
for (const [n,f] of list) console.log(n.padEnd(10),((cpu(()=>featureColumns(bars,[f],null))-base)*1000).toFixed(1),"ns/bar over column");
console.log("spread",((cpu(()=>featureColumns(bars,[{kind:"column",of:"spread"}],spread))-base)*1000).toFixed(1));

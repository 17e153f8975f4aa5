import process from "node:process";
import { fortyFeatures, pairOfMinutes } from "../../../../../bench/learning-features.ts";
import { featureColumns } from "../feature-columns.ts";
const bars=pairOfMinutes(); const f=fortyFeatures();
for(let i=0;i<8;i++){const t=performance.now();const a=process.cpuUsage();featureColumns(bars,f,{ kind: "rolling", windowBars: 500, price: "log" });const b=process.cpuUsage(a);console.log(f.length,"user",b.user/1e6,"sys",b.system/1e6,"wall",(performance.now()-t)/1000);}

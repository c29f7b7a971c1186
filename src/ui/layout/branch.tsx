import { KapokShapes } from '../icons.tsx'

/** A wok-ear gable (镬耳屋) standing on the ground line, `x` its middle and `s` its size. */
function Gable({ x, s, dark }: { x: number; s: number; dark?: boolean }) {
  const y = (height: number) => 780 - height * s
  const [wide, mid, near] = [46 * s, 30 * s, 20 * s]
  const d = `M${x - wide} ${y(0)}C${x - mid} ${y(1)} ${x - mid} ${y(8)} ${x - near - 3 * s} ${y(11)}C${x - near} ${y(13)} ${x - near} ${y(27)} ${x} ${y(27)}C${x + near} ${y(27)} ${x + near} ${y(13)} ${x + near + 3 * s} ${y(11)}C${x + mid} ${y(8)} ${x + mid} ${y(1)} ${x + wide} ${y(0)}`
  return (
    <>
      <path class={dark ? 'b-roof-dark' : 'b-roof'} d={`${d}Z`} />
      <path class="b-ridge" d={d} transform={`translate(${x} 780) scale(.86) translate(${-x} -780)`} />
    </>
  )
}

const Bloom = ({ x, y, s, turn, tone }: { x: number; y: number; s: number; turn: number; tone: 1 | 2 | 3 }) => (
  <g class={`k-kapok b-bloom-${tone}`} transform={`translate(${x} ${y}) rotate(${turn}) scale(${s}) translate(-20 -20)`}>
    <KapokShapes />
  </g>
)

/** The picture of the door: a kapok branch over the roofs. Drawn by us. */
export const Branch = () => (
  <svg class="d-door__branch" viewBox="0 0 720 800" preserveAspectRatio="xMaxYMax slice" aria-hidden="true" focusable="false">
    <g class="b-wood">
      <path stroke-width="13" d="M740 250C660 290 600 300 540 372" />
      <path stroke-width="9" d="M540 372C500 420 440 430 392 446" />
      <path stroke-width="8" d="M600 318C580 372 590 430 560 486" />
      <path stroke-width="7" d="M672 280C690 340 670 390 676 440M540 372C510 366 480 350 470 330" />
    </g>
    <Bloom x={470} y={322} s={1.7} turn={20} tone={1} />
    <Bloom x={392} y={446} s={2.3} turn={-12} tone={2} />
    <Bloom x={540} y={380} s={2} turn={40} tone={1} />
    <Bloom x={558} y={490} s={2.6} turn={8} tone={3} />
    <Bloom x={676} y={446} s={2.2} turn={30} tone={1} />
    <Bloom x={606} y={306} s={2.2} turn={-20} tone={2} />
    <Gable x={150} s={4.2} />
    <Gable x={590} s={3.8} />
    <Gable x={370} s={5.2} dark />
    <path class="b-roof-dark" d="M0 774H720V800H0Z" />
  </svg>
)

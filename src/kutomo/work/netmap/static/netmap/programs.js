// How the graphics card paints members and ties. Shapes, because colour alone tells nobody apart; dashes, because a tie
// that only one side tells of is no confirmed one.

const CODES = { circle: 0, ring: 0, square: 1, diamond: 2, triangle: 3, drop: 4, hexagon: 5, star: 6, cross: 7 };

/** The program for members: one triangle each, the shape cut out of it. */
export function shapes(Sigma) {
  const { NodeProgram } = Sigma.rendering, { floatColor } = Sigma.utils;
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  return class extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 3, METHOD: TRIANGLES, UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
        VERTEX_SHADER_SOURCE: `
attribute vec4 a_id, a_color, a_line; attribute vec2 a_position; attribute float a_size, a_shape, a_angle;
uniform mat3 u_matrix; uniform float u_sizeRatio, u_correctionRatio;
varying vec4 v_color, v_line; varying vec2 v_at; varying float v_shape, v_pixel;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 5.2;
  vec2 off = vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + size * off, 1)).xy, 0, 1);
  v_at = off * 2.6; v_shape = a_shape; v_pixel = u_sizeRatio / a_size;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0; v_line = a_line;
}`,
        FRAGMENT_SHADER_SOURCE: `
precision mediump float;
varying vec4 v_color, v_line; varying vec2 v_at; varying float v_shape, v_pixel;
float away(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.9;
  if (v_shape < 2.5) return (q.x + q.y) * 0.7071 - 0.9;
  if (v_shape < 4.5) { float y = v_shape < 3.5 ? p.y : -p.y; return max(q.x * 0.866 + y * 0.5 - 0.62, -y - 0.75); }
  if (v_shape < 5.5) return max(q.x * 0.866 + q.y * 0.5, q.y) - 0.95;
  if (v_shape < 6.5) { float a = atan(p.x, p.y), s = 1.2566; return length(p) - mix(1.3, 0.6, abs(mod(a + s * 0.5, s) - s * 0.5) / (s * 0.5)); }
  return min(max(q.x - 0.42, q.y - 1.15), max(q.x - 1.15, q.y - 0.42));
}
void main(void) {
  float d = away(v_at), soft = v_pixel;
  #ifdef PICKING_MODE
  if (length(v_at) > 1.5) gl_FragColor = vec4(0.0); else gl_FragColor = v_color;
  #else
  if (d > soft) discard;
  vec4 inside = d > -1.6 * v_pixel ? v_line : v_color;
  gl_FragColor = inside * clamp((soft - d) / soft, 0.0, 1.0);
  #endif
}`,
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true }, { name: "a_line", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
        CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }
    processVisibleItem(id, at, data) {
      const array = this.array;
      array[at++] = data.x; array[at++] = data.y; array[at++] = data.size; array[at++] = CODES[data.shape] ?? 0;
      array[at++] = floatColor(data.color); array[at++] = floatColor(data.line); array[at++] = id;
    }
    setUniforms(params, { gl, uniformLocations: u }) {
      gl.uniform1f(u.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(u.u_correctionRatio, params.correctionRatio);
      gl.uniformMatrix3fv(u.u_matrix, false, params.matrix);
    }
  };
}

/** The program for ties: a thin quad each, with gaps when only one side tells of it. ``pace`` says how many are drawn
 * in motion; ``after`` 0 is served first, 1 gets what is left. */
export function dashes(Sigma, pace, after) {
  const { EdgeProgram } = Sigma.rendering, { floatColor } = Sigma.utils;
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  pace.counts ??= [0, 0];
  return class extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: 6, METHOD: TRIANGLES, UNIFORMS: ["u_matrix", "u_half", "u_alpha"],
        VERTEX_SHADER_SOURCE: `
attribute vec2 a_from, a_to; attribute float a_size, a_dash, a_end, a_side; attribute vec4 a_color, a_id;
uniform mat3 u_matrix; uniform vec2 u_half;
varying vec4 v_color; varying float v_along, v_dash;
void main() {
  vec2 p = (u_matrix * vec3(a_from, 1)).xy * u_half, q = (u_matrix * vec3(a_to, 1)).xy * u_half;
  vec2 way = q - p; float far = max(length(way), 0.001); vec2 side = vec2(-way.y, way.x) / far;
  gl_Position = vec4((mix(p, q, a_end) + side * a_side * max(a_size, 1.0) * 0.5) / u_half, 0, 1);
  v_along = far * a_end; v_dash = a_dash; v_color = a_color; v_color.a *= 255.0 / 254.0;
}`,
        FRAGMENT_SHADER_SOURCE: `
precision mediump float;
uniform float u_alpha; varying vec4 v_color; varying float v_along, v_dash;
void main(void) {
  if (v_dash > 0.5 && mod(v_along, 11.0) > 6.0) discard;
  gl_FragColor = vec4(v_color.rgb, 1.0) * u_alpha;
}`,
        ATTRIBUTES: [
          { name: "a_from", size: 2, type: FLOAT }, { name: "a_to", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT },
          { name: "a_dash", size: 1, type: FLOAT }, { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_end", size: 1, type: FLOAT }, { name: "a_side", size: 1, type: FLOAT }],
        CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
      };
    }
    processVisibleItem(id, at, from, to, data) {
      const array = this.array;
      array[at++] = from.x; array[at++] = from.y; array[at++] = to.x; array[at++] = to.y; array[at++] = data.size;
      array[at++] = data.dash; array[at++] = floatColor(data.color); array[at++] = id;
    }
    setUniforms(params, { gl, uniformLocations: u }) {
      gl.uniformMatrix3fv(u.u_matrix, false, params.matrix);
      gl.uniform2f(u.u_half, params.width / 2, params.height / 2);
      gl.uniform1f(u.u_alpha, Math.min(1, (pace.alpha?.(params) ?? 1) * (after ? 1 : 1.6)));
    }
    drawWebGL(method, info) {
      const all = this.capacity;
      pace.counts[after] = all;
      if (pace.moving) {
        const left = after ? pace.limit - pace.counts[0] : pace.limit;
        this.capacity = Math.max(0, Math.min(all, Math.floor(left)));
      }
      if (this.capacity) super.drawWebGL(method, info);
      this.capacity = all;
    }
  };
}

import { Route, Routes } from 'react-router-dom';
import { ChangePage } from './change/ChangePage';
import { EnvironmentPage } from './environment/EnvironmentPage';
import { EnvironmentsPage } from './environments/EnvironmentsPage';
import { RunPage } from './run/RunPage';
import {
  changeRouteRef,
  environmentRouteRef,
  runByIdRouteRef,
  runRouteRef,
} from './routes';

/** The pages under the plugin's own route. */
export function Router() {
  return (
    <Routes>
      <Route path="/" element={<EnvironmentsPage />} />
      <Route path={environmentRouteRef.path} element={<EnvironmentPage />} />
      <Route path={changeRouteRef.path} element={<ChangePage />} />
      <Route path={runRouteRef.path} element={<RunPage />} />
      <Route path={runByIdRouteRef.path} element={<RunPage />} />
    </Routes>
  );
}

import { es as goodFaith } from './es-good-faith';
import { es as patientEstimate } from './es-patient-estimate';
import { es as summary } from './es-summary';
import type { Words } from './words';

/** Spanish as health plans in the United States write it, in the polite form. A person should read it over before it is handed out widely. */
export const es: Words = {
  pageOf: { page: 'Página', of: 'de' },
  common: {
    patient: 'Paciente',
    birthDate: 'Fecha de nacimiento',
    memberId: 'Número de miembro',
    program: 'Programa',
    firstDay: 'Primer día',
    madeOn: 'Fecha de este papel',
    reference: 'Referencia',
    plan: 'Plan de salud',
    goodUntil: 'Válido hasta',
    notKnown: 'no se sabe',
    notGiven: 'no indicado',
    total: 'Total',
    to: (from, to) => `${from} a ${to}`,
    goodUntilReasons: {
      end_of_month: 'los planes pueden cambiar al final de un mes',
      benefit_period_reset: 'ese día termina el año del plan',
      coverage_end: 'ese día termina la cobertura',
      authorization_end: 'ese día terminan los días aprobados',
      program_end: 'ese día termina el programa',
    },
    services: {
      iop_day: 'Día del programa',
      individual_therapy: 'Terapia individual',
      family_therapy: 'Terapia familiar',
      medication_management: 'Visita sobre medicinas',
      medication: 'Medicina',
      assessment: 'Primera evaluación',
    },
    weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    questionsTitle: '¿Tiene preguntas?',
    callUs: (phone, hours) =>
      phone === undefined ? 'Pregunte en la recepción.' : `Llame al ${phone}${hours ? ` (${hours})` : ''}.`,
  },
  privacy: {
    title: 'Su privacidad',
    plain: ['La ley protege los datos sobre su cuidado. Nadie los puede compartir sin su permiso o el de la ley.'],
    noticeTitle: 'Aviso según 42 CFR Parte 2',
    consentTitle: 'Permiso firmado',
    signedOn: 'Firmado el',
    endsOn: 'Termina el',
    noEnd: 'sin fecha final; se puede retirar por escrito en cualquier momento',
    scope: 'Qué permite',
    scopes: {
      treatment_payment_operations:
        'usar y compartir los datos para el tratamiento, el pago y la operación del programa, con quienes dan el cuidado, los planes de salud, otros pagadores y quienes ayudan a dirigir el programa',
      this_payer: 'compartir los datos solo con el plan de salud nombrado aquí, para revisar los beneficios y cobrar',
    },
    noConsent: 'No hay un permiso firmado.',
  },
  patientEstimate,
  goodFaith,
  summary,
};
